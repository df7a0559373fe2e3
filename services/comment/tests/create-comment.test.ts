import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentCreated, postDeleted, postUpdated, userDeleted } from '@commons/contracts';
import { aUser, anId } from '@commons/platform/testing';
import { buildComment, told, type CommentUnderTest } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

const problem = (status: number, code: string) => expect.objectContaining({ status, code });

describe('writing a comment', () => {
  it('stores it, answers it with its author by id, and tells of it with the exact count', async () => {
    const [author, bob] = [aUser(), aUser()];
    const post = comment.given({ author_id: author.id, title: '$title' });

    const { body, headers } = await comment
      .as(bob)
      .post('/api/comments')
      .send({ post_id: post.post_id, content: '  Which river? ' })
      .expect(201);

    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      post_id: post.post_id,
      author: bob.id,
      content: 'Which river?',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      parent: null,
    });
    expect(headers['location']).toBe(`/api/comments?post_id=${post.post_id}`);
    const published = (await comment.published(commentCreated)).filter(({ subject }) => subject === body.id);
    expect(published.map(({ data }) => data)).toEqual([
      {
        v: 1,
        meta: { actor_id: bob.id, ip: '203.0.113.7', user_agent: 'jest' },
        comment_id: body.id,
        post_id: post.post_id,
        post_author_id: author.id,
        post_title: '$title',
        parent: null,
        parent_author_id: null,
        author_id: bob.id,
        author_username: bob.username,
        comments_count: 1,
        thread_revision: 1,
      },
    ]);
    expect(await comment.list(post.post_id)).toEqual([
      {
        id: body.id,
        post_id: post.post_id,
        author: { id: bob.id, username: bob.username },
        content: 'Which river?',
        parent: null,
        likes_count: 0,
        created_at: body.created_at,
        updated_at: body.created_at,
        deleted: false,
      },
    ]);
  });

  it('answers another comment of the post, and says whom', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const { post_id } = comment.given();
    const first = await comment.write(alice, post_id);

    const reply = await comment.write(bob, post_id, { parent: first.toUpperCase() });

    const published = (await comment.published(commentCreated)).find(({ subject }) => subject === reply);
    expect(published?.data).toMatchObject({
      parent: first,
      parent_author_id: alice.id,
      comments_count: 2,
      thread_revision: 2,
    });
    expect((await comment.list(post_id)).map(({ id, parent }) => ({ id, parent }))).toEqual([
      { id: first, parent: null },
      { id: reply, parent: first },
    ]);
  });

  it('takes a parent of null for none', async () => {
    const { post_id } = comment.given();

    const { body } = await comment
      .as(aUser())
      .post('/api/comments')
      .send({ post_id, content: 'a', parent: null })
      .expect(201);

    expect(body.parent).toBeNull();
  });

  it('refuses a parent that is no comment, is deleted, or is on another post', async () => {
    const user = aUser();
    const [here, there] = [comment.given(), comment.given()];
    const elsewhere = await comment.write(user, there.post_id);
    const grave = await comment.write(user, here.post_id);
    await comment.write(user, here.post_id, { parent: grave });
    await comment.as(user).delete(`/api/comments/${grave}`).expect(204);
    const answerTo = (parent: string) =>
      comment.as(user).post('/api/comments').send({ post_id: here.post_id, content: 'a', parent }).expect(400);

    const bodies = [await answerTo(anId()), await answerTo(grave), await answerTo(elsewhere)].map(({ body }) => body);

    expect(bodies).toEqual([
      problem(400, 'parent_not_found'),
      problem(400, 'parent_not_found'),
      problem(400, 'parent_of_another_post'),
    ]);
    expect(await comment.list(here.post_id)).toHaveLength(2);
  });

  it('refuses a post that is not there, or that the writer may not see', async () => {
    const hidden = comment.given({ visibility: 'private' });
    const write = (post_id: string) =>
      comment.as(aUser()).post('/api/comments').send({ post_id, content: 'a' }).expect(404);

    const bodies = [await write(anId()), await write(hidden.post_id)].map(({ body }) => body);

    expect(bodies).toEqual([problem(404, 'post_not_found'), problem(404, 'post_not_found')]);
  });

  it('refuses a post that has just gone, though nobody has told of it yet', async () => {
    const post = comment.given();
    await comment.deliver(postUpdated, told(post));
    comment.withoutPost(post.post_id);

    await comment.as(aUser()).post('/api/comments').send({ post_id: post.post_id, content: 'a' }).expect(404);
  });

  it('refuses a post that has gone as far as is known here, whatever its owner still says', async () => {
    const post = comment.given();
    await comment.deliver(postDeleted, { post_id: post.post_id, author_id: post.author_id });

    await comment.as(aUser()).post('/api/comments').send({ post_id: post.post_id, content: 'a' }).expect(404);
  });

  it('goes on below public posts that are known while `post` is away, and answers 5xx below others', async () => {
    const [open, hidden] = [comment.given(), comment.given({ visibility: 'private' })];
    await comment.deliver(postUpdated, told(open));
    await comment.deliver(postUpdated, told(hidden));
    comment.post.isAway = true;
    const write = (post_id: string) => comment.as(aUser()).post('/api/comments').send({ post_id, content: 'a' });

    const statuses = [(await write(open.post_id)).status, (await write(hidden.post_id)).status];
    const unknown = (await write(anId())).status;

    comment.post.isAway = false;
    expect([...statuses, unknown]).toEqual([201, 502, 502]);
  });

  it('counts exactly when fifty are written at once', async () => {
    const post = comment.given();
    const writers = Array.from({ length: 50 }, () => aUser());

    const ids = await Promise.all(writers.map((writer) => comment.write(writer, post.post_id)));

    const { headers } = await comment.as().get(`/api/comments?post_id=${post.post_id}`).expect(200);
    expect(headers['x-total-count']).toBe('50');
    const events = (await comment.published(commentCreated)).filter(({ data }) => data['post_id'] === post.post_id);
    expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set(ids));
    const counts = events.map(({ data }) => [data['comments_count'], data['thread_revision']]);
    expect(counts.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual(
      Array.from({ length: 50 }, (_, index) => [index + 1, index + 1]),
    );
  });

  it('has one effect for one Idempotency-Key', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    const send = () =>
      comment
        .as(user)
        .post('/api/comments')
        .set('idempotency-key', 'k1')
        .send({ post_id, content: 'once' })
        .expect(201);

    const [first, second] = [await send(), await send()];

    expect(second.body).toEqual(first.body);
    expect(await comment.list(post_id)).toHaveLength(1);
  });

  it('is refused to somebody whose account has just been deleted', async () => {
    const user = aUser();
    const { post_id } = comment.given();
    await comment.deliver(userDeleted, { user_id: user.id });

    const { body } = await comment.as(user).post('/api/comments').send({ post_id, content: 'a' }).expect(401);

    expect(body).toEqual(problem(401, 'token_revoked'));
    expect(await comment.list(post_id)).toEqual([]);
  });

  it('needs a token, and one that is good', async () => {
    const { post_id } = comment.given();
    const send = () => comment.as().post('/api/comments').send({ post_id, content: 'a' });

    const { headers } = await send().expect(401);

    expect(headers['www-authenticate']).toBe('Bearer');
    await send().set('authorization', 'Bearer a.b.c').expect(401);
  });
});

describe('what is no comment', () => {
  const postId = anId();
  it.each([
    ['nothing', undefined],
    ['an array', []],
    ['no post', { content: 'a' }],
    ['no content', { post_id: postId }],
    ['null for content', { post_id: postId, content: null }],
    ['a number for content', { post_id: postId, content: 5 }],
    ['operators', { post_id: { $ne: null }, content: { $gt: '' } }],
    ['an id that is none', { post_id: 'x', content: 'a' }],
    ['empty content', { post_id: postId, content: '' }],
    ['blank content', { post_id: postId, content: ' \n\t\u00a0' }],
    ['content over 1,000 code points', { post_id: postId, content: '🎈'.repeat(1_001) }],
    ['a parent that is no id', { post_id: postId, content: 'a', parent: '1' }],
    ['a parent of a wrong type', { post_id: postId, content: 'a', parent: [] }],
  ])('answers 400 to %s', async (_what, body) => {
    const { body: answer } = await comment
      .as(aUser())
      .post('/api/comments')
      .send(body as object | undefined)
      .expect(400);

    expect(answer).toEqual(problem(400, 'invalid_request'));
  });

  it('answers 400 to another type of body, and to what is no JSON', async () => {
    const send = (type: string, body: string) =>
      comment.as(aUser()).post('/api/comments').set('content-type', type).send(body).expect(400);

    expect((await send('text/plain', 'a')).body).toEqual(problem(400, 'unsupported_media_type'));
    expect((await send('application/json', '{"a":')).body).toEqual(problem(400, 'invalid_json'));
  });

  it('answers 413 to more than 100 kB', async () => {
    await comment
      .as(aUser())
      .post('/api/comments')
      .send({ post_id: postId, content: 'a'.repeat(110_000) })
      .expect(413);
  });

  it('keeps any text that is one: 1,000 code points, NUL, half a surrogate pair, prototype keys', async () => {
    const { post_id } = comment.given();
    const contents = ['🎈'.repeat(1_000), 'a\u0000b', '\ud800x', '__proto__', '$where', '𝒜\u202e'];

    for (const content of contents) await comment.write(aUser(), post_id, { content });

    expect((await comment.list(post_id)).map(({ content }) => content)).toEqual([
      contents[0],
      contents[1],
      '\ufffdx',
      ...contents.slice(3),
    ]);
  });
});
