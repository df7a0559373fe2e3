import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { postTarget, type LikeGroup, type Target, type TargetKey } from '../domain/target.ts';
import { targetModel, type TargetDocument } from './target-model.ts';

export type TargetStore = {
  /** Keeps everybody else off a target until the transaction ends. */
  hold(key: TargetKey, postId: string | null, tx: Transaction): Promise<Target>;
  /** Has a notification gather its likes from now on. */
  open(key: TargetKey, group: LikeGroup, tx: Transaction): Promise<void>;
  /** Notes that it has gone, for good; also one that was never heard of. */
  bury(key: TargetKey, postId: string | null, tx: Transaction): Promise<void>;
  /** Removes what is known of a post's comments. @returns how many: fewer than `limit` where these were the last. */
  removeSomeOf(postId: string, limit: number, tx: Transaction): Promise<number>;
};

/** Posts, comments and projects that something happened to. */
export function createTargetStore(db: Connection): TargetStore {
  const targets = targetModel(db);

  return {
    async hold(key, postId, { session }) {
      const fresh = { post_id: postId, gone: false, group: null };
      const change = { $inc: { events_count: 1 }, $setOnInsert: fresh };
      const options = { upsert: true, session, returnDocument: 'after' } as const;
      return toTarget(await targets.findByIdAndUpdate(key, change, options).lean().orFail());
    },
    async open(key, { id, number, openedAt }, { session }) {
      await targets.updateOne({ _id: key }, { $set: { group: { id, number, opened_at: openedAt } } }, { session });
    },
    async bury(key, postId, { session }) {
      const change = { $set: { gone: true, group: null, post_id: postId }, $inc: { events_count: 1 } };
      await targets.updateOne({ _id: key }, change, { upsert: true, session });
    },
    async removeSomeOf(postId, limit, { session }) {
      const comments = { post_id: postId, _id: { $ne: postTarget(postId) } };
      const found = await targets.find(comments, { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await targets.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}

const toTarget = ({ _id, gone, group }: TargetDocument): Target => ({
  key: _id,
  isGone: gone,
  group: group && { id: group.id.toHexString(), number: group.number, openedAt: group.opened_at },
});
