import { listFollowCounts } from '@commons/contracts';
import { answer } from '../context.ts';

/** The counts of every user for whom anything was ever counted, for `profile` to make its copies anew. */
export const answerListFollowCounts = answer(listFollowCounts, async ({ ctx, input: { after, limit } }) => {
  const counters = await ctx.counters.list({ after, limit });
  return {
    counts: counters.map(({ userId, followers, followersRevision, following, followingRevision }) => ({
      user_id: userId,
      followers_count: followers,
      followers_revision: followersRevision,
      following_count: following,
      following_revision: followingRevision,
    })),
  };
});
