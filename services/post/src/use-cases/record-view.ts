import { postViewed } from '@commons/contracts';
import type { Clock, KeyedQueue, RunTransaction } from '@commons/platform';
import type { PostStore } from '../data/post-store.ts';
import type { ViewStore } from '../data/view-store.ts';

type Parts = { transaction: RunTransaction; clock: Clock; posts: PostStore; views: ViewStore; viewQueue: KeyedQueue };

/** Counts that somebody saw a post, once a day (UTC). @returns how many views that adds: 1 or 0. */
export async function recordView(
  { transaction, clock, posts, views, viewQueue }: Parts,
  { postId, viewerId }: { postId: string; viewerId: string },
): Promise<0 | 1> {
  const view = { postId, viewerId, at: clock.now() };
  if (await views.has(view)) return 0;
  return viewQueue(postId, () =>
    transaction(async (tx) => {
      if (!(await views.add(view, tx))) return 0;
      await posts.addView(postId, tx);
      tx.emit(postViewed, postId, { post_id: postId, viewer_id: viewerId });
      return 1;
    }),
  );
}
