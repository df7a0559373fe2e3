import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';
import { recipientsOf } from '../domain/recipients.ts';
import { commentTarget } from '../domain/target.ts';
import { announceNotification } from './announce-notification.ts';
import { holdTargets } from './hold-targets.ts';
import { whoMayHear } from './who-may-hear.ts';

type Parts = Pick<NotificationContext, 'targets' | 'people' | 'blocks' | 'notifications' | 'clock'>;

export type CommentNews = {
  commentId: string;
  postId: string;
  postAuthorId: string;
  parentId: string | null;
  parentAuthorId: string | null;
  author: { id: string; username: string };
};

/** Tells the author of a post of a comment, and the author of a comment of a reply. */
export async function tellOfComment(ctx: Parts, news: CommentNews, tx: Transaction): Promise<void> {
  const { commentId, postId, parentId, author } = news;
  const comment = await holdTargets(ctx, { target: commentTarget(commentId), postId }, tx);
  const parent = parentId === null ? undefined : await ctx.targets.hold(commentTarget(parentId), postId, tx);
  if (!comment) return;
  const at = ctx.clock.now();
  const name = await ctx.people.noteActing(author, at, tx);
  if (name === undefined) return;
  const recipients = recipientsOf({
    authorId: author.id,
    postAuthorId: news.postAuthorId,
    parentAuthorId: parent?.isGone ? null : news.parentAuthorId,
  });
  const mayHear = await whoMayHear(ctx, { actorId: author.id, userIds: recipients.map(({ userId }) => userId) }, tx);
  const made = await ctx.notifications.create(
    recipients
      .filter(({ userId }) => mayHear.has(userId))
      .map(({ userId, type }) => ({
        userId,
        type,
        key: `comment:${commentId}:${userId}`,
        place: { postId, commentId, ...(type === 'REPLY' && parentId !== null && { parentId }) },
        actorId: author.id,
        message: null,
        at,
      })),
    tx,
  );
  for (const notification of made) announceNotification(notification, new Map([[author.id, name]]), tx);
}
