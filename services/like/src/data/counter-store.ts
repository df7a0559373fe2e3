import type { LikeTarget } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { targetKey, type Target, type TargetDetails } from '../domain/target.ts';
import { counterModel, type CounterDocument } from './counter-model.ts';

export type Counter = {
  target: Target;
  count: number;
  revision: number;
  /** Undefined where nobody ever liked it. */
  details: TargetDetails | undefined;
  isGone: boolean;
};

export type CounterStore = {
  /** The counters that there are. */
  find(targets: readonly Target[], tx?: Transaction): Promise<Counter[]>;
  /** Counts one more (1) or one less (-1), and keeps what is now said of the target. */
  add(target: Target, details: TargetDetails, by: 1 | -1, tx: Transaction): Promise<Counter>;
  /** The target has gone, whether or not it was ever liked. */
  markGone(target: Target, postId: string, at: Date, tx: Transaction): Promise<void>;
  /** Some comments of a post that have not gone yet. */
  someCommentsOf(postId: string, limit: number, tx: Transaction): Promise<Target[]>;
  /** Counters of what has not gone, in the order of the targets' ids, from the one after `after`. */
  list(query: { type: LikeTarget; after?: string; limit: number }): Promise<Counter[]>;
  /** Sets a count right, as a change of its own in the order of changes. */
  correct(target: Target, count: number, tx: Transaction): Promise<void>;
  describe(target: Target, details: Pick<TargetDetails, 'authorId' | 'title'>): Promise<void>;
};

/** How often each target is liked. */
export function createCounterStore(db: Connection): CounterStore {
  const counters = counterModel(db);

  return {
    async find(targets, tx) {
      const found = counters.find({ _id: { $in: targets.map(targetKey) } }).session(tx?.session ?? null);
      return (await found.lean()).map(toCounter);
    },
    async add(target, { postId, authorId, title }, by, { session }) {
      const change = {
        $inc: { likes_count: by, revision: 1 },
        $set: { post_id: postId, target_author_id: authorId, title },
        $setOnInsert: { target_type: target.type, target_id: target.id, gone_at: null },
      };
      const options = { upsert: true, returnDocument: 'after', session } as const;
      return toCounter(await counters.findByIdAndUpdate(targetKey(target), change, options).lean().orFail());
    },
    async markGone(target, postId, at, { session }) {
      const change = {
        $set: { gone_at: at, likes_count: 0 },
        $inc: { revision: 1 },
        $setOnInsert: {
          target_type: target.type,
          target_id: target.id,
          post_id: postId,
          target_author_id: null,
          title: '',
        },
      };
      await counters.updateOne({ _id: targetKey(target) }, change, { upsert: true, session });
    },
    async someCommentsOf(postId, limit, { session }) {
      const comments = counters.find({ post_id: postId, target_type: 'comment', gone_at: null }).session(session);
      return (await comments.limit(limit).lean()).map((counter) => toCounter(counter).target);
    },
    async list({ type, after, limit }) {
      const later = after === undefined ? {} : { target_id: { $gt: after } };
      const found = counters.find({ target_type: type, gone_at: null, ...later }).sort({ target_id: 1 });
      return (await found.limit(limit).lean()).map(toCounter);
    },
    async correct(target, count, { session }) {
      const change = { $set: { likes_count: count }, $inc: { revision: 1 } };
      await counters.updateOne({ _id: targetKey(target), gone_at: null }, change, { session });
    },
    async describe(target, { authorId, title }) {
      await counters.updateOne({ _id: targetKey(target) }, { $set: { target_author_id: authorId, title } });
    },
  };
}

function toCounter(stored: CounterDocument): Counter {
  const { target_type, target_id, likes_count, revision, post_id, target_author_id, title, gone_at } = stored;
  return {
    target: { type: target_type, id: target_id.toHexString() },
    count: likes_count,
    revision,
    details: target_author_id
      ? { postId: post_id.toHexString(), authorId: target_author_id.toHexString(), title }
      : undefined,
    isGone: gone_at !== null,
  };
}
