import { commentTarget, goneWithPost, postTarget, type Ledger, type Target } from '../ledger/ledger.ts';
import { isThere, likersOf } from './check-likes.ts';
import type { Observed, SeenNotification } from './observed.ts';

/** A notification as two can be compared: whom it tells, of what. */
export type DueKey = string;

export type Due = {
  /** Those that must be there, each once; for likes, with how many people they tell of. */
  due: Map<DueKey, { actors: number | undefined; at?: number }>;
  /** Those that may be there: what leads to them was never answered, or came in either order. */
  possible: Set<DueKey>;
};

/** What a notification tells, and whom. */
export const keyOf = (userId: string, { type, postId, commentId, message }: SeenNotification): DueKey =>
  type === 'SYSTEM' ? `${userId} SYSTEM ${message}` : `${userId} ${type} ${commentId ?? postId ?? ''}`;

/** Which notifications everybody should have, by the rules of the service (its README) and what the run was told. */
export function dueNotifications(ledger: Ledger, seen: Observed): Due {
  const due: Due = { due: new Map(), possible: new Set() };
  addLikes(due, ledger, seen);
  addComments(due, ledger);
  for (const { words, userIds, sent } of ledger.announcements)
    for (const userId of userIds) {
      const key = `${userId} SYSTEM ${words}`;
      if (sent === 'yes') due.due.set(key, { actors: undefined });
      if (sent === 'maybe') due.possible.add(key);
    }
  return due;
}

/** All who like a target at the end, but for its author, are told of in one notification: a run is shorter than a day. */
function addLikes({ due, possible }: Due, ledger: Ledger, seen: Observed): void {
  const likers = likersOf(seen);
  const targets: [Target, string][] = [
    ...[...ledger.posts.values()].map(({ id, authorId }): [Target, string] => [postTarget(id), authorId]),
    ...[...ledger.comments.values()].map(({ id, authorId }): [Target, string] => [commentTarget(id), authorId]),
  ];
  for (const [target, authorId] of targets) {
    const key = `${authorId} LIKE ${target.split(':')[1] ?? ''}`;
    const others = (likers.get(target) ?? []).filter((userId) => userId !== authorId);
    if (isThere(ledger, target)) {
      if (others.length > 0) due.set(key, { actors: others.length });
    } else if (!isCertainlyGone(ledger, target)) possible.add(key);
  }
}

function isCertainlyGone(ledger: Ledger, target: Target): boolean {
  const [kind, id = ''] = target.split(':');
  const comment = ledger.comments.get(id);
  return kind === 'post' ? ledger.posts.get(id)?.gone === 'yes' : !comment || goneWithPost(ledger, comment) === 'yes';
}

function addComments({ due, possible }: Due, ledger: Ledger): void {
  for (const comment of ledger.comments.values()) {
    const postAuthorId = ledger.posts.get(comment.postId)?.authorId;
    const parent = comment.parentId === null ? undefined : ledger.comments.get(comment.parentId);
    const gone = goneWithPost(ledger, comment);
    if (gone === 'yes' || postAuthorId === undefined) continue;
    const told = new Map([[postAuthorId, 'COMMENT']]);
    if (parent) told.set(parent.authorId, 'REPLY');
    told.delete(comment.authorId);
    for (const [userId, type] of told) {
      const key = `${userId} ${type} ${comment.id}`;
      const isSure = gone === 'no' && (type === 'COMMENT' || parent?.gone === 'no');
      if (isSure) due.set(key, { actors: undefined, at: comment.at });
      else if (gone === 'maybe' || parent?.gone === 'maybe') possible.add(key);
    }
    // The end of the answered comment may be heard of first: then the post's author hears of a comment instead of a reply.
    if (parent && parent.gone !== 'no' && parent.authorId === postAuthorId && comment.authorId !== postAuthorId)
      possible.add(`${postAuthorId} COMMENT ${comment.id}`);
  }
}
