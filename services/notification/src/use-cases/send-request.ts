import { listUsers } from '@commons/contracts';
import type { JobRun, Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { Recipients, RequestInHand } from '../domain/request.ts';
import { announceNotification } from './announce-notification.ts';

type Parts = Pick<NotificationContext, 'notifications' | 'people' | 'dapr' | 'clock' | 'log'>;

/** Users whom one transaction tells. */
const BATCH = 250;

/**
 * Carries a request out, a batch of users at each step: each is told once, whatever crashes in between. The last step only looks
 * whether somebody was erased while the one before told them.
 */
export async function sendRequest(ctx: Parts, { data, commit }: JobRun<RequestInHand>): Promise<void> {
  const { userIds, rest } = await nextUsers(ctx, data.recipients);
  await commit(async (tx) => {
    const erased = await ctx.people.erasedAmong([...userIds, ...data.told], tx);
    const toldAndErased = data.told.filter((id) => erased.has(id));
    if (toldAndErased.length > 0) await ctx.notifications.removeSome({ userIds: toldAndErased }, BATCH, tx);
    const told = userIds.filter((id) => !erased.has(id));
    await tell(ctx, data, told, tx);
    return userIds.length === 0 ? undefined : { ...data, recipients: rest, told };
  });
  if (userIds.length === 0) ctx.log.info({ requestId: data.request_id }, 'requested notification sent');
}

/** @returns the users whose turn it is, none at the end, and those who come after them. */
async function nextUsers({ dapr }: Parts, recipients: Recipients): Promise<{ userIds: string[]; rest: Recipients }> {
  if (!recipients.broadcast) {
    const { user_ids } = recipients;
    return { userIds: user_ids.slice(0, BATCH), rest: { broadcast: false, user_ids: user_ids.slice(BATCH) } };
  }
  for (let { after } = recipients; ;) {
    const { users } = await dapr.call(listUsers, { ...(after !== null && { after }), limit: BATCH });
    const userIds = users.filter(({ status }) => status !== 'deleted').map(({ id }) => id);
    after = users.at(-1)?.id ?? after;
    if (userIds.length > 0 || users.length === 0) return { userIds, rest: { broadcast: true, after } };
  }
}

async function tell(
  { notifications, clock }: Parts,
  { request_id, type, message }: RequestInHand,
  userIds: string[],
  tx: Transaction,
): Promise<void> {
  const at = clock.now();
  const wanted = userIds.map((userId) => ({
    userId,
    type,
    key: `request:${request_id}:${userId}`,
    place: {},
    actorId: null,
    message,
    at,
  }));
  for (const notification of await notifications.create(wanted, tx)) announceNotification(notification, new Map(), tx);
}
