import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentDeleted, postCreated, postDeleted, postUpdated } from '@commons/contracts';
import { aUser, until } from '@commons/platform/testing';
import { buildComment, told, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

const kept = () => comment.ctx.db.collection('comments').countDocuments();
const isPurged = async () => (await comment.ctx.db.collection('jobs').countDocuments()) === 0;

describe('the comments of a deleted post', () => {
  it('are gone at once for everybody, and removed in the background, without an event each', async () => {
    const user = aUser();
    const post = comment.given();
    const other = comment.given();
    const id = await comment.write(user, post.post_id);
    await comment.write(user, post.post_id, { parent: id });
    await comment.write(user, other.post_id);
    comment.withoutPost(post.post_id);

    await comment.deliver(postDeleted, { post_id: post.post_id, author_id: post.author_id }, { times: 2 });

    await comment.as().get(`/api/comments?post_id=${post.post_id}`).expect(404);
    await comment.as(user).put(`/api/comments/${id}`).send({ content: 'a' }).expect(404);
    await comment.as(user).post(`/api/comments/${id}/like`).expect(404);
    await until(isPurged);
    expect(await kept()).toBe(1);
    expect(await comment.published(commentDeleted)).toEqual([]);
  });

  it('go batch by batch where they are many', async () => {
    const user = aUser();
    const post = comment.given();
    await comment.write(user, post.post_id);
    const before = await kept();
    const comments = comment.ctx.db.collection('comments');
    const { _id: _, ...one } = (await comments.findOne({}, { sort: { _id: -1 } }))!;
    await comments.insertMany(Array.from({ length: 1_100 }, () => ({ ...one })));

    await comment.deliver(postDeleted, { post_id: post.post_id, author_id: post.author_id });

    await until(isPurged);
    expect(await kept()).toBe(before - 1);
  });

  it('stay gone when older news of the post comes late', async () => {
    const post = comment.given();
    await comment.deliver(postDeleted, { post_id: post.post_id, author_id: post.author_id });

    await comment.deliver(postCreated, told(post), { times: 2 });
    await comment.deliver(postUpdated, { ...told(post), revision: 9 });

    await comment.as().get(`/api/comments?post_id=${post.post_id}`).expect(404);
    expect(await comment.ctx.db.collection('threads').findOne({ deleted: true }, { sort: { _id: -1 } })).toEqual(
      expect.not.objectContaining({ title: expect.anything(), author_id: expect.anything() }),
    );
  });
});
