import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentDeleted } from '@commons/contracts';
import { aUser, anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

const remove = (user: TestUser | undefined, id: string, status = 204) =>
  comment.as(user).delete(`/api/comments/${id}`).expect(status);

const deletionsOn = async (postId: string) =>
  (await comment.published(commentDeleted)).map(({ data }) => data).filter(({ post_id }) => post_id === postId);

describe('deleting a comment', () => {
  it('takes it away for its author, and tells of it with the exact count', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const [id, other] = [await comment.write(user, post_id), await comment.write(user, post_id)];

    await remove(user, id);

    const { body, headers } = await comment.as().get(`/api/comments?post_id=${post_id}`).expect(200);
    expect([(body as { id: string }[]).map((each) => each.id), headers['x-total-count']]).toEqual([[other], '1']);
    expect(await deletionsOn(post_id)).toEqual([
      {
        v: 1,
        meta: { actor_id: user.id, ip: '203.0.113.7', user_agent: 'jest' },
        comment_id: id,
        post_id,
        author_id: user.id,
        comments_count: 1,
        thread_revision: 3,
      },
    ]);
  });

  it('is for its author and admins: others are refused, nobody is asked for a token', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);

    await remove(aUser(), id, 403);
    await remove(undefined, id, 401);
    expect(await comment.list(post_id)).toHaveLength(1);

    await remove(anAdmin(), id);
    expect(await comment.list(post_id)).toEqual([]);
    expect(await deletionsOn(post_id)).toEqual([expect.objectContaining({ author_id: user.id })]);
  });

  it('leaves a tombstone where others have answered: no content, no author, and it does not count', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);
    const reply = await comment.write(aUser(), post_id, { parent: id });

    await remove(user, id);

    const list = await comment.list(post_id);
    expect(list).toEqual([
      {
        id,
        post_id,
        author: null,
        content: null,
        parent: null,
        likes_count: 0,
        created_at: expect.any(String),
        updated_at: expect.any(String),
        deleted: true,
      },
      expect.objectContaining({ id: reply, parent: id, deleted: false }),
    ]);
    expect(await comment.ctx.db.collection('comments').findOne({ deleted: true, post_id: { $exists: true } })).toEqual(
      expect.objectContaining({ author_id: null, content: null }),
    );
    expect(await deletionsOn(post_id)).toEqual([expect.objectContaining({ comment_id: id, comments_count: 1 })]);
    const { headers } = await comment.as().get(`/api/comments?post_id=${post_id}`);
    expect(headers['x-total-count']).toBe('2');
  });

  it('takes tombstones away with the last answer, up to the first that is still needed', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const top = await comment.write(user, post_id);
    const middle = await comment.write(user, post_id, { parent: top });
    const leaf = await comment.write(user, post_id, { parent: middle });
    const other = await comment.write(user, post_id, { parent: top });
    await remove(user, top);
    await remove(user, middle);

    await remove(user, leaf);

    expect((await comment.list(post_id)).map(({ id }) => id)).toEqual([top, other]);
    const counts = async () => {
      const [flat, tree] = [
        await comment.as().get(`/api/comments?post_id=${post_id}`),
        await comment.as().get(`/api/comments?post_id=${post_id}&tree=true`),
      ];
      return [flat.headers['x-total-count'], tree.headers['x-total-count']];
    };
    expect(await counts()).toEqual(['2', '1']);
    await remove(user, other);
    expect(await comment.list(post_id)).toEqual([]);
    expect(await counts()).toEqual(['0', '0']);
    expect((await deletionsOn(post_id)).map(({ comment_id, comments_count }) => [comment_id, comments_count])).toEqual([
      [top, 3],
      [middle, 2],
      [leaf, 1],
      [other, 0],
    ]);
  });

  it('happens once: again, or for what was never there, it is a 404', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);
    await remove(user, id);

    for (const gone of [id, anId()]) expect((await remove(user, gone, 404)).body.code).toBe('comment_not_found');
    await remove(user, 'x', 400);
    expect(await deletionsOn(post_id)).toHaveLength(1);
  });

  it('counts exactly while answers are written and deleted at once', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const top = await comment.write(user, post_id);
    const replies = await Promise.all(Array.from({ length: 10 }, () => comment.write(user, post_id, { parent: top })));
    const late = Array.from({ length: 10 }, () => comment.write(user, post_id, { parent: top }).catch(() => undefined));

    await Promise.all([...replies.map((id) => remove(user, id)), ...late]);
    const written = await comment.list(post_id, '&limit=100');
    await Promise.all(written.map(({ id }) => remove(user, id)));

    expect(written).toHaveLength(11);
    expect(await comment.list(post_id)).toEqual([]);
    const revisions = (await deletionsOn(post_id)).map(({ thread_revision }) => thread_revision as number);
    expect(new Set(revisions).size).toBe(21);
    const last = (await deletionsOn(post_id)).find(({ thread_revision }) => thread_revision === Math.max(...revisions));
    expect(last).toMatchObject({ comments_count: 0, thread_revision: 42 });
  });

  it('deletes once when asked ten times at once', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);

    const answers = await Promise.all(Array.from({ length: 10 }, () => comment.as(user).delete(`/api/comments/${id}`)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, ...Array<number>(9).fill(404)]);
    expect(await deletionsOn(post_id)).toHaveLength(1);
  });
});
