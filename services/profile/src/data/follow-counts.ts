import { Types, type Connection } from 'mongoose';
import { begin, profileModel, type ProfileDocument } from './profile-model.ts';

/** How many follow a user, or how many the user follows, and the order of its changes. */
export type FollowCount = { userId: string; side: 'followers' | 'following'; count: number; revision: number };

/** Both counts of a user. */
export type BothCounts = Pick<
  ProfileDocument,
  'followers_count' | 'followers_revision' | 'following_count' | 'following_revision'
> & { user_id: string };

export type FollowCounts = {
  /** Takes a count over unless a later one is there. Once or more often, in any order: the latest stays. */
  follow(copy: FollowCount): Promise<void>;
  /** The copies in the order of the users' ids, from the one after `after`. */
  list(options: { after?: string | undefined; limit: number }): Promise<BothCounts[]>;
  /** Puts counts right where they have not changed since they were listed. @returns whether it did. */
  correct(listed: BothCounts, right: Omit<BothCounts, 'user_id'>): Promise<boolean>;
};

const SHOWN = { followers_count: 1, followers_revision: 1, following_count: 1, following_revision: 1 } as const;

/**
 * The copies of `subscription`'s counts. No transaction is needed here: revisions make repetition harmless, and where
 * hundreds follow somebody at the same time transactions would only stand in each other's way.
 */
export function createFollowCounts(db: Connection): FollowCounts {
  const profiles = profileModel(db);

  return {
    async follow({ userId, side, count, revision }) {
      const earlier = { _id: userId, erased_at: null, [`${side}_revision`]: { $lt: revision } };
      const change = { $set: { [`${side}_count`]: count, [`${side}_revision`]: revision }, $inc: { version: 1 } };
      if ((await profiles.updateOne(earlier, change)).matchedCount === 1) return;
      await begin(profiles, userId);
      await profiles.updateOne(earlier, change);
    },
    async list({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: new Types.ObjectId(after) } };
      const found = profiles.find({ ...later, erased_at: null }, SHOWN).sort({ _id: 1 });
      const stored = await found.limit(limit).lean<ProfileDocument[]>();
      return stored.map(({ _id, ...counts }) => ({ user_id: _id.toHexString(), ...counts }));
    },
    async correct({ user_id, followers_revision, following_revision }, right) {
      const listed = { _id: user_id, erased_at: null, followers_revision, following_revision };
      return (await profiles.updateOne(listed, { $set: right, $inc: { version: 1 } })).modifiedCount === 1;
    },
  };
}
