import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCommentCounts, postDeleted } from '@commons/contracts';
import { aUser } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

describe('ListCommentCounts', () => {
  it('gives `post` the exact count of each thread that has begun, in the order of the posts, page by page', async () => {
    const user = aUser();
    const posts = [comment.given(), comment.given(), comment.given(), comment.given()];
    const [a, b, silent, gone] = posts.map(({ post_id }) => post_id).toSorted() as [string, string, string, string];
    await comment.write(user, a);
    const lost = await comment.write(user, b);
    await comment.as(user).delete(`/api/comments/${lost}`).expect(204);
    await comment.list(silent);
    await comment.write(user, gone);
    await comment.deliver(postDeleted, { post_id: gone, author_id: user.id });

    const first = await comment.call(listCommentCounts, { limit: 1 }).expect(200);
    const rest = await comment.call(listCommentCounts, { after: a }).expect(200);

    expect([first.body, rest.body]).toEqual([
      { counts: [{ post_id: a, comments_count: 1, thread_revision: 1 }] },
      { counts: [{ post_id: b, comments_count: 0, thread_revision: 2 }] },
    ]);
  });

  it('is refused to others', async () => {
    await comment.call(listCommentCounts, {}, { caller: 'like' }).expect(403);
    await comment.call(listCommentCounts, {}, { caller: 'gateway' }).expect(403);
  });
});
