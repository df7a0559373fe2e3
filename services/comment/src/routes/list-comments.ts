import { id, timestamp } from '@commons/contracts';
import { cursorHeaders, decodeCursor, encodeCursor, ok, pageHeaders, pageQuery } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listComments as listCommentsOf } from '../use-cases/list-comments.ts';
import { commentBranch, presentBranch, presentComment } from './comment-element.ts';

const position = z.tuple([timestamp, id]);

export const listComments = route({
  method: 'GET',
  path: '/api/comments',
  summary: 'Comments on a post, oldest first',
  access: 'anyone',
  query: z.object({
    post_id: id,
    tree: z.enum(['true', 'false']).default('false').describe('nests answers, and pages by the comments at the top'),
    ...pageQuery,
  }),
  answers: { 200: z.array(commentBranch) },
  errors: [404],
  handler: async ({ ctx, query: { post_id, tree, page, limit, cursor }, user, url }) => {
    const isTree = tree === 'true';
    const { branches, count, next, names } = await listCommentsOf(ctx, {
      postId: post_id,
      user,
      isTree,
      from: cursor === undefined ? { skip: (page - 1) * limit } : startOf(cursor),
      limit,
    });
    const nextCursor = next && encodeCursor([next.createdAt.toISOString(), next.id]);
    return ok(
      branches.map((branch) => (isTree ? presentBranch(branch, names) : presentComment(branch.comment, names))),
      cursor === undefined ? pageHeaders({ count, page, limit, url }) : cursorHeaders({ count, nextCursor, url }),
    );
  },
});

function startOf(cursor: string) {
  const after = decodeCursor(cursor, position);
  return after ? { after: { createdAt: new Date(after[0]), id: after[1] } } : { skip: 0 };
}
