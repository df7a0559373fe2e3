import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { KnownLike, LikeNews } from '../domain/like.ts';
import type { TargetKey } from '../domain/target.ts';
import type { Heard } from '../domain/notification.ts';
import { likeModel, type LikeDocument } from './like-model.ts';

export type LikeStore = {
  find(target: TargetKey, actorId: string, tx: Transaction): Promise<KnownLike | undefined>;
  note(news: LikeNews, isLiked: boolean, tx: Transaction): Promise<void>;
  /** Notes which notification tells of a like. */
  join(target: TargetKey, actorId: string, group: { id: string; at: Date }, tx: Transaction): Promise<void>;
  /** The latest of those whom a notification tells of. */
  latestActor(groupId: string, tx: Transaction): Promise<string | undefined>;
  /** Some likes of somebody, in no order. */
  someBy(actorId: string, limit: number, tx: Transaction): Promise<KnownLike[]>;
  /** Some likes of somebody that a user has heard of until a moment, in no order. */
  someHeard(heard: Heard, limit: number, tx: Transaction): Promise<KnownLike[]>;
  /** Has a like count as taken back. */
  end(like: KnownLike, tx: Transaction): Promise<void>;
  remove(like: KnownLike, tx: Transaction): Promise<void>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSomeOf(which: Liked, limit: number, tx: Transaction): Promise<number>;
};

/** What is liked: a post with its comments, one of these, or all that is somebody's. */
type Liked = { postId: string } | { target: TargetKey } | { recipientId: string };

/** Who likes what, as far as notifications tell of it, in the order of the revisions that `like` counts. */
export function createLikeStore(db: Connection): LikeStore {
  const likes = likeModel(db);

  return {
    async find(target, actorId, { session }) {
      const stored = await likes.findById(idOf(target, actorId)).session(session).lean();
      return stored ? toKnownLike(stored) : undefined;
    },
    async note({ target, postId, recipientId, actor, revision }, isLiked, { session }) {
      const fresh = { target, post_id: postId, actor_id: actor.id, group_id: null, told_at: null };
      const change = { $set: { revision, liked: isLiked, recipient_id: recipientId }, $setOnInsert: fresh };
      await likes.updateOne({ _id: idOf(target, actor.id) }, change, { upsert: true, session });
    },
    async join(target, actorId, { id, at }, { session }) {
      await likes.updateOne({ _id: idOf(target, actorId) }, { $set: { group_id: id, told_at: at } }, { session });
    },
    async latestActor(groupId, { session }) {
      const inGroup = likes.findOne({ group_id: groupId, liked: true }, { actor_id: 1 });
      return (await inGroup.sort({ told_at: -1 }).session(session).lean())?.actor_id.toHexString();
    },
    async someBy(actorId, limit, { session }) {
      return (await likes.find({ actor_id: actorId }).session(session).limit(limit).lean()).map(toKnownLike);
    },
    async someHeard({ userId, actorId, until }, limit, { session }) {
      const heard = { actor_id: actorId, recipient_id: userId, liked: true, told_at: { $lte: until } };
      return (await likes.find(heard).session(session).limit(limit).lean()).map(toKnownLike);
    },
    async end({ target, actorId }, { session }) {
      await likes.updateOne({ _id: idOf(target, actorId) }, { $set: { liked: false } }, { session });
    },
    async remove({ target, actorId }, { session }) {
      await likes.deleteOne({ _id: idOf(target, actorId) }, { session });
    },
    async removeSomeOf(which, limit, { session }) {
      const found = await likes.find(filterOf(which), { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await likes.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}

const idOf = (target: TargetKey, actorId: string): string => `${target}:${actorId}`;

function filterOf(which: Liked): object {
  if ('postId' in which) return { post_id: which.postId };
  return 'target' in which ? { target: which.target } : { recipient_id: which.recipientId };
}

const toKnownLike = ({ target, post_id, actor_id, revision, liked, group_id }: LikeDocument): KnownLike => ({
  target,
  postId: post_id.toHexString(),
  actorId: actor_id.toHexString(),
  revision,
  isLiked: liked,
  groupId: group_id?.toHexString() ?? null,
});
