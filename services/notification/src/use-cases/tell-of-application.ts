import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import type { ApplicationNews } from '../domain/application.ts';
import { projectTarget } from '../domain/target.ts';
import { announceNotification } from './announce-notification.ts';
import { whoMayHear } from './who-may-hear.ts';

type Parts = Pick<NotificationContext, 'targets' | 'people' | 'blocks' | 'notifications' | 'clock'>;

/** Tells the owner of a project who applies to it and who withdraws, and an applicant what the owner decided. */
export async function tellOfApplication(ctx: Parts, news: ApplicationNews, tx: Transaction): Promise<void> {
  const { applicationId, projectId, recipientId, actor, outcome } = news;
  const project = await ctx.targets.hold(projectTarget(projectId), null, tx);
  if (project.isGone) return;
  const at = ctx.clock.now();
  const name = await ctx.people.noteActing(actor, at, tx);
  if (name === undefined) return;
  const mayHear = await whoMayHear(ctx, { actorId: actor.id, userIds: [recipientId] }, tx);
  const wanted = [...mayHear].map((userId) => ({
    userId,
    type: outcome === null ? ('APPLICATION' as const) : ('APPLICATION_STATUS' as const),
    key: `application:${applicationId}:${outcome ?? 'pending'}`,
    place: { projectId },
    outcome,
    actorId: actor.id,
    message: null,
    at,
  }));
  for (const notification of await ctx.notifications.create(wanted, tx))
    announceNotification(notification, new Map([[actor.id, name]]), tx);
}
