import type { EventData, subscriptionRemoved } from '@commons/contracts';
import type { ProfileCache } from '../clients/profile-cache.ts';
import type { FollowCounts } from '../data/follow-counts.ts';

type Parts = { followCounts: FollowCounts; profileCache: ProfileCache };
type News = Pick<
  EventData<typeof subscriptionRemoved>,
  'follower_id' | 'following_id' | 'followers_count' | 'followers_revision' | 'following_count' | 'following_revision'
>;

/** The counts of both who begin or end to follow or be followed are what their owner, `subscription`, says. */
export async function followTheCounts({ followCounts, profileCache }: Parts, news: News): Promise<void> {
  await Promise.all([
    followCounts.follow({
      ...{ userId: news.following_id, side: 'followers' },
      ...{ count: news.followers_count, revision: news.followers_revision },
    }),
    followCounts.follow({
      ...{ userId: news.follower_id, side: 'following' },
      ...{ count: news.following_count, revision: news.following_revision },
    }),
  ]);
  await profileCache.forget([news.following_id, news.follower_id]);
}
