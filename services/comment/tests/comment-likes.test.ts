import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentLiked, commentUnliked } from '@commons/contracts';
import { aUser, anId } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

async function aComment() {
  const author = aUser();
  const { post_id } = comment.given();
  const id = await comment.write(author, post_id);
  const liked = (likes_count: number, revision: number) => ({
    comment_id: id,
    comment_author_id: author.id,
    post_id,
    user_id: anId(),
    username: 'bob',
    likes_count,
    revision,
  });
  const count = async () => (await comment.list(post_id))[0]?.likes_count;
  return { author, postId: post_id, id, liked, count };
}

describe('liking a comment', () => {
  it.each([
    ['post', 'toggle', { liked: true, likes_count: 7, message: 'You like this comment.' }],
    ['put', 'like', { liked: true, likes_count: 7, message: 'You like this comment.' }],
    ['delete', 'unlike', { liked: false, likes_count: 7, message: 'You do not like this comment.' }],
  ] as const)('by %s asks `like` to %s, and passes on what it says', async (method, action, answer) => {
    const { id, postId, author, count } = await aComment();

    const { body } = await comment.as(aUser())[method](`/api/comments/${id}/like`).expect(200);

    expect(body).toEqual({ comment_id: id, ...answer });
    expect(comment.likesSet.at(-1)).toEqual({
      target_type: 'comment',
      target_id: id,
      post_id: postId,
      target_author_id: author.id,
      title: '',
      action,
    });
    expect(await count()).toBe(7);
  });

  it('needs a token and a comment that is there', async () => {
    const { id, author, postId } = await aComment();
    await comment.write(author, postId, { parent: id });
    await comment.as(author).delete(`/api/comments/${id}`).expect(204);

    for (const method of ['post', 'put', 'delete'] as const) {
      await comment.as()[method](`/api/comments/${id}/like`).expect(401);
      await comment.as(aUser())[method](`/api/comments/${id}/like`).expect(404);
      await comment.as(aUser())[method](`/api/comments/${anId()}/like`).expect(404);
      await comment.as(aUser())[method]('/api/comments/x/like').expect(400);
    }
    await comment.as(aUser()).get(`/api/comments/${id}/like`).expect(405);
  });
});

describe('the count of likes', () => {
  it('is what the latest event says, in whatever order they come, and however often', async () => {
    const { liked, count } = await aComment();

    await comment.deliver(commentLiked, liked(2, 2), { times: 2 });
    await comment.deliver(commentLiked, liked(1, 1));
    expect(await count()).toBe(2);

    await comment.deliver(commentUnliked, liked(0, 4), { times: 2 });
    await comment.deliver(commentUnliked, liked(1, 3));
    expect(await count()).toBe(0);
  });

  it('stays off a tombstone, and off a comment that is not there', async () => {
    const { id, author, postId, liked, count } = await aComment();
    await comment.write(author, postId, { parent: id });
    await comment.as(author).delete(`/api/comments/${id}`).expect(204);

    await comment.deliver(commentLiked, liked(3, 3));
    await comment.deliver(commentLiked, { ...liked(3, 3), comment_id: anId() });

    expect(await count()).toBe(0);
  });
});
