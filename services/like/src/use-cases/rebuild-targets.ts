import type { Clock, Jobs, RunTransaction } from '@commons/platform';
import type { PostSummary, Posts } from '../clients/posts.ts';
import type { Counter, CounterStore } from '../data/counter-store.ts';
import { closePost } from './close-post.ts';
import type { LikeJobs } from '../domain/like-jobs.ts';

type Parts = { transaction: RunTransaction; clock: Clock; counters: CounterStore; jobs: Jobs<LikeJobs>; posts: Posts };

const PAGE = 500;

/**
 * Makes what is kept of posts anew from `post`: titles and authors, and that a post has gone. A counter is read before
 * the posts are asked for, so that the post of every counter is either listed or gone.
 */
export async function rebuildTargets(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  let after: string | undefined;
  for (;;) {
    const page = await parts.counters.list({ type: 'post', limit: PAGE, ...(after !== undefined && { after }) });
    const last = page.at(-1)?.target.id;
    if (last === undefined) return result;
    const posts = await readUpTo(parts.posts, { after, last });
    for (const counter of page) {
      if (await compare(parts, counter, posts.get(counter.target.id))) result.corrected += 1;
    }
    result.checked += page.length;
    after = last;
  }
}

/** The posts after one and up to another. */
async function readUpTo(
  posts: Posts,
  { after, last }: { after: string | undefined; last: string },
): Promise<Map<string, PostSummary>> {
  const found = new Map<string, PostSummary>();
  for (let from = after; ;) {
    const page = await posts.list({ limit: PAGE, ...(from !== undefined && { after: from }) });
    for (const post of page) found.set(post.postId, post);
    from = page.at(-1)?.postId;
    if (page.length < PAGE || from === undefined || from >= last) return found;
  }
}

async function compare(parts: Parts, { target, details }: Counter, post: PostSummary | undefined): Promise<boolean> {
  if (!post) {
    await parts.transaction((tx) => closePost(parts, { postId: target.id }, tx));
    return true;
  }
  if (details?.title === post.title && details.authorId === post.authorId) return false;
  await parts.counters.describe(target, post);
  return true;
}
