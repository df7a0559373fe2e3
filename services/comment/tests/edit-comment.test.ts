import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentUpdated } from '@commons/contracts';
import { aUser, anAdmin, anId, fakeClock } from '@commons/platform/testing';
import { buildComment, type CommentUnderTest } from './comment-service.ts';

const clock = fakeClock();
let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment({ clock });
});
afterAll(() => comment.stop());

describe('editing a comment', () => {
  it('changes what it says for its author, and tells of it', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);
    const [before] = await comment.list(post_id);
    clock.advance(1_000);

    const { body } = await comment.as(user).put(`/api/comments/${id}`).send({ content: ' The long one. ' }).expect(200);

    expect(body).toEqual({ ...before, content: 'The long one.', updated_at: clock.now().toISOString() });
    expect(await comment.list(post_id)).toEqual([body]);
    expect((await comment.published(commentUpdated)).map(({ subject, data }) => ({ subject, data }))).toEqual([
      {
        subject: id,
        data: {
          v: 1,
          meta: { actor_id: user.id, ip: '203.0.113.7', user_agent: 'jest' },
          comment_id: id,
          post_id,
          author_id: user.id,
          revision: 2,
        },
      },
    ]);
  });

  it('is for its author and admins: others are refused, nobody is asked for a token', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const id = await comment.write(user, post_id);
    const edit = (as?: ReturnType<typeof aUser>) => comment.as(as).put(`/api/comments/${id}`).send({ content: 'b' });

    await edit(aUser()).expect(403);
    await edit().expect(401);
    expect(await comment.list(post_id)).toEqual([expect.objectContaining({ content: 'Which river?' })]);

    const { body } = await edit(anAdmin()).expect(200);
    expect(body).toMatchObject({ content: 'b', author: { id: user.id, username: user.username } });
  });

  it('is refused where somebody has changed it since it was read', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const made = await comment.as(user).post('/api/comments').send({ post_id, content: 'a' }).expect(201);
    const edit = (ifMatch: string, content: string) =>
      comment.as(user).put(`/api/comments/${made.body.id}`).set('if-match', ifMatch).send({ content });

    const first = await edit(made.headers['etag']!, 'b').expect(200);
    await edit(made.headers['etag']!, 'c').expect(412);
    await comment.as(user).delete(`/api/comments/${made.body.id}`).set('if-match', made.headers['etag']!).expect(412);

    await edit(first.headers['etag']!, 'd').expect(200);
    await comment.as(user).delete(`/api/comments/${made.body.id}`).set('if-match', '*').expect(204);
  });

  it('answers 404 where there is no such comment, or no longer', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const grave = await comment.write(user, post_id);
    await comment.write(user, post_id, { parent: grave });
    await comment.as(user).delete(`/api/comments/${grave}`).expect(204);

    for (const id of [anId(), grave]) {
      const { body } = await comment.as(user).put(`/api/comments/${id}`).send({ content: 'a' }).expect(404);
      expect(body).toMatchObject({ code: 'comment_not_found' });
    }
  });

  it.each([
    ['nothing', {}],
    ['null', { content: null }],
    ['blanks', { content: '  ' }],
    ['a list', { content: ['a'] }],
    ['1,001 characters', { content: 'a'.repeat(1_001) }],
  ])('answers 400 to %s for content', async (_what, body) => {
    const user = aUser();
    const id = await comment.write(user, comment.given().post_id);

    await comment.as(user).put(`/api/comments/${id}`).send(body).expect(400);
  });

  it('answers 400 to what is no id, and 405 to a method that is not there', async () => {
    for (const id of ['x', '%00', '__proto__', 'a'.repeat(3_000)])
      await comment.as(aUser()).put(`/api/comments/${id}`).send({ content: 'a' }).expect(400);

    const { headers } = await comment.as(aUser()).patch(`/api/comments/${anId()}`).send({ content: 'a' }).expect(405);
    expect(headers['allow']).toBe('PUT, DELETE, OPTIONS');
  });
});
