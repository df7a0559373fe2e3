import { listPostReferences } from '@commons/contracts';
import type { CommentContext } from '../context.ts';
import { forgetPost } from './forget-post.ts';

type Parts = Pick<CommentContext, 'threads' | 'dapr' | 'jobs' | 'transaction' | 'clock'>;

const PAGE = 500;
const LAST_ID = 'f'.repeat(24);
/** A post so young may have been made after the list was read: it is no proof that the post has gone. */
const YOUNG_MS = 60 * 60_000;

/** Takes all posts over from `post`, and forgets those that are no longer there. */
export async function rebuildPostReferences(ctx: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  const youngFrom = idOfTime(new Date(ctx.clock.now().getTime() - YOUNG_MS));
  for (let after: string | undefined; after !== LAST_ID;) {
    const { posts } = await ctx.dapr.call(listPostReferences, { ...(after !== undefined && { after }), limit: PAGE });
    const upTo = posts.length < PAGE ? LAST_ID : (posts.at(-1)?.post_id ?? LAST_ID);
    const there = new Set(posts.map(({ post_id }) => post_id));
    const known = await ctx.threads.listIds({ after, upTo });
    const gone = known.filter((id) => !there.has(id) && id < youngFrom);
    for (const postId of gone) await ctx.transaction((tx) => forgetPost(ctx, postId, tx));
    result.corrected += gone.length + (await ctx.threads.noteAll(posts));
    result.checked += posts.length + gone.length;
    after = upTo;
  }
  return result;
}

/** The least id that could have been made at a time: ids begin with the seconds since 1970. */
const idOfTime = (time: Date): string =>
  Math.floor(time.getTime() / 1_000)
    .toString(16)
    .padStart(8, '0')
    .padEnd(24, '0');
