import { listPostReferences } from '@commons/contracts';
import { answer } from '../context.ts';
import { toReference } from './to-reference.ts';

/** All posts, for services that make their copies anew. */
export const answerListPostReferences = answer(listPostReferences, async ({ ctx, input: { after, limit } }) => {
  const posts = await ctx.posts.listById({ limit, ...(after !== undefined && { after }) });
  return { posts: posts.map(toReference) };
});
