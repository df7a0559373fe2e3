import { notificationRequested, type NotificationType } from '@commons/contracts';
import type { NotificationContext } from '../context.ts';
import type { Recipients } from '../domain/request.ts';

type Parts = Pick<NotificationContext, 'notifications' | 'jobs' | 'transaction' | 'log'>;

export type NotificationRequest = { type: NotificationType; message: string; userIds: string[]; isBroadcast: boolean };

/**
 * Takes a request to tell some users, or all, of something. It is carried out in the background.
 * @returns the request's id.
 */
export async function requestNotification(
  ctx: Parts,
  { type, message, userIds, isBroadcast }: NotificationRequest,
): Promise<string> {
  const request_id = await ctx.transaction(async (tx) => {
    const id = ctx.notifications.newId();
    const request = { request_id: id, type, message };
    tx.emit(notificationRequested, id, { ...request, user_ids: userIds, broadcast: isBroadcast });
    const recipients: Recipients = isBroadcast
      ? { broadcast: true, after: null }
      : { broadcast: false, user_ids: userIds };
    await ctx.jobs.add('send-request', id, { ...request, recipients, told: [] }, tx);
    return id;
  });
  ctx.log.info({ requestId: request_id, users: isBroadcast ? 'all' : userIds.length }, 'notification requested');
  return request_id;
}
