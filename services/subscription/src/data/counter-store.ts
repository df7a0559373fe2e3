import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { CountChange, Counts } from '../domain/counts.ts';
import { counterModel, type CounterDocument } from './counter-model.ts';

/** What is counted for a user, with the order of the changes of what others copy. */
export type Counter = Counts & {
  userId: string;
  followersRevision: number;
  followingRevision: number;
  isErased: boolean;
};

export type CounterStore = {
  find(userId: string, tx?: Transaction): Promise<Counter | undefined>;
  /**
   * Counts. Everything that begins or ends between two users changes the counters of both, so that changes of one user exclude each
   * other, and their erasure.
   */
  change(userId: string, change: CountChange, tx: Transaction): Promise<Counter>;
  /** The account has gone, whether or not anything was ever counted for it. */
  close(userId: string, at: Date, tx: Transaction): Promise<void>;
  /** Counters of those who are there, in the order of their ids. */
  list(options: { after?: string | undefined; limit: number }): Promise<Counter[]>;
  /** Sets counts right; where others copy one, as a change of its own in the order of changes. */
  correct(counter: Counter, right: Counts, tx: Transaction): Promise<void>;
};

/** What is counted, by user. */
export function createCounterStore(db: Connection): CounterStore {
  const counters = counterModel(db);

  return {
    async find(userId, tx) {
      const stored = await counters
        .findById(userId)
        .session(tx?.session ?? null)
        .lean();
      return stored ? toCounter(stored) : undefined;
    },
    async change(userId, change, { session }) {
      const update = { $inc: increments(change), $setOnInsert: { erased_at: null } };
      const options = { upsert: true, returnDocument: 'after', session } as const;
      return toCounter(await counters.findByIdAndUpdate(userId, update, options).lean().orFail());
    },
    async close(userId, at, { session }) {
      const update = { $inc: increments({}), $set: { erased_at: at } };
      await counters.updateOne({ _id: userId }, update, { upsert: true, session });
    },
    async list({ after, limit }) {
      const wanted = { erased_at: null, ...(after !== undefined && { _id: { $gt: after } }) };
      return (await counters.find(wanted).sort({ _id: 1 }).limit(limit).lean()).map(toCounter);
    },
    async correct({ userId, ...present }, right, { session }) {
      const update = {
        $set: {
          followers_count: right.followers,
          following_count: right.following,
          requests_in_count: right.requestsIn,
          requests_out_count: right.requestsOut,
          blocks_count: right.blocks,
          blocked_by_count: right.blockedBy,
        },
        $inc: {
          followers_revision: Number(right.followers !== present.followers),
          following_revision: Number(right.following !== present.following),
        },
      };
      await counters.updateOne({ _id: userId }, update, { session });
    },
  };
}

/** All fields are named, so that those of a new counter are all there. */
const increments = ({
  followers = 0,
  following = 0,
  requestsIn = 0,
  requestsOut = 0,
  blocks = 0,
  blockedBy = 0,
}: CountChange) => ({
  followers_count: followers,
  followers_revision: Number(followers !== 0),
  following_count: following,
  following_revision: Number(following !== 0),
  requests_in_count: requestsIn,
  requests_out_count: requestsOut,
  blocks_count: blocks,
  blocked_by_count: blockedBy,
});

const toCounter = (stored: CounterDocument): Counter => ({
  userId: stored._id.toHexString(),
  followers: stored.followers_count,
  followersRevision: stored.followers_revision,
  following: stored.following_count,
  followingRevision: stored.following_revision,
  requestsIn: stored.requests_in_count,
  requestsOut: stored.requests_out_count,
  blocks: stored.blocks_count,
  blockedBy: stored.blocked_by_count,
  isErased: stored.erased_at !== null,
});
