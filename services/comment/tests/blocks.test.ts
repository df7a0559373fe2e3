import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCreated, userBlocked, userUnblocked } from '@commons/contracts';
import { aUser, anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { buildComment, told, type CommentUnderTest, type Listed } from './comment-service.ts';

let comment: CommentUnderTest;
beforeAll(async () => {
  comment = await buildComment();
});
afterAll(() => comment.stop());

const block = (blocker: TestUser, blocked: TestUser, revision = 1, times = 1) =>
  comment.deliver(userBlocked, { blocker_id: blocker.id, blocked_id: blocked.id, revision }, { times });
const unblock = (blocker: TestUser, blocked: TestUser, revision: number) =>
  comment.deliver(userUnblocked, { blocker_id: blocker.id, blocked_id: blocked.id, revision });

const directions: [string, (alice: TestUser, bob: TestUser) => Promise<void>][] = [
  ['who blocks the reader', (alice, bob) => block(alice, bob)],
  ['whom the reader blocks', (alice, bob) => block(bob, alice)],
];

type Response = { body: unknown; headers: Record<string, string> };

/** A list or a tree as far as it matters here: what is said, and of what is nested what is said there. */
type Shape = [string | null, ...Shape[]];
const shapeOf = ({ content, replies = [] }: Listed): Shape => [content, ...replies.map(shapeOf)];

describe.each(directions)('the thread of an author %s', (_, setApart) => {
  it('is not there: nothing of it is listed, written, edited or liked', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const { post_id } = comment.given({ author_id: alice.id });
    const bobs = await comment.write(bob, post_id);
    await setApart(alice, bob);
    const as = comment.as(bob);

    const answers = [
      await as.get(`/api/comments?post_id=${post_id}`),
      await as.get(`/api/comments?post_id=${post_id}&tree=true&cursor=`),
      await as.post('/api/comments').send({ post_id, content: 'a' }),
      await as.put(`/api/comments/${bobs}`).send({ content: 'a' }),
      await as.post(`/api/comments/${bobs}/like`),
      await as.put(`/api/comments/${bobs}/like`),
      await as.delete(`/api/comments/${bobs}/like`),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      ...Array.from({ length: 3 }, () => [404, 'post_not_found']),
      ...Array.from({ length: 4 }, () => [404, 'comment_not_found']),
    ]);
    await as.delete(`/api/comments/${bobs}`).expect(204);
  });

  it('is there for everybody else, and for admins also where they are meant', async () => {
    const [alice, admin] = [aUser(), anAdmin()];
    const { post_id } = comment.given({ author_id: alice.id });
    const id = await comment.write(alice, post_id);
    await setApart(alice, admin);

    for (const reader of [undefined, alice, aUser(), admin])
      expect((await comment.list(post_id, '', reader)).map((listed) => listed.id)).toEqual([id]);
    await comment.as(admin).put(`/api/comments/${id}/like`).expect(200);
    await comment.write(admin, post_id, { parent: id });
  });

  it('is not asked of `post` where it is known to be hidden, and stays so while `post` is away', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const post = comment.given({ author_id: alice.id });
    await comment.deliver(postCreated, told(post));
    await setApart(alice, bob);
    const asked = comment.asked.length;

    await comment.as(bob).get(`/api/comments?post_id=${post.post_id}`).expect(404);
    expect(comment.asked).toHaveLength(asked);

    comment.post.isAway = true;
    const { body } = await comment.as(bob).post('/api/comments').send({ post_id: post.post_id, content: 'a' });
    comment.post.isAway = false;
    expect(body).toMatchObject({ status: 404, code: 'post_not_found' });
  });
});

describe.each(directions)('a comment of somebody %s', (_, setApart) => {
  it('is left out of lists and trees, and of their counts', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const { post_id } = comment.given();
    for (const author of [carol, alice, carol, alice, alice])
      await comment.write(author, post_id, { content: author === alice ? 'hidden' : 'shown' });
    await setApart(alice, bob);

    const read = (query: string) => comment.as(bob).get(`/api/comments?post_id=${post_id}${query}`).expect(200);
    const pages = [await read(''), await read('&limit=1&page=2'), await read('&tree=true'), await read('&cursor=')];

    expect(pages.map(({ body, headers }) => [(body as Listed[]).map(shapeOf), headers['x-total-count']])).toEqual([
      [[['shown'], ['shown']], '2'],
      [[['shown']], '2'],
      [[['shown'], ['shown']], '2'],
      [[['shown'], ['shown']], '2'],
    ]);
    const { headers } = await comment.as(carol).get(`/api/comments?post_id=${post_id}`).expect(200);
    expect(headers['x-total-count']).toBe('5');
  });

  it('looks deleted where others have answered it, so that their answers keep their place', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const { post_id } = comment.given();
    const top = await comment.write(alice, post_id, { content: 'hidden' });
    const answer = await comment.write(carol, post_id, { content: 'shown', parent: top });
    await comment.write(alice, post_id, { content: 'hidden', parent: answer });
    await setApart(alice, bob);

    const listed = await comment.list(post_id, '', bob);

    expect(listed).toEqual([
      expect.objectContaining({ id: top, author: null, content: null, deleted: true, likes_count: 0 }),
      expect.objectContaining({ id: answer, content: 'shown', parent: top, deleted: false }),
    ]);
    expect((await comment.list(post_id, '&tree=true', bob)).map(shapeOf)).toEqual([[null, ['shown']]]);
    expect((await comment.list(post_id, '&tree=true', carol)).map(shapeOf)).toEqual([
      ['hidden', ['shown', ['hidden']]],
    ]);
  });

  it('cannot be answered, edited, deleted or liked', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const { post_id } = comment.given();
    const id = await comment.write(alice, post_id);
    await setApart(alice, bob);
    const as = comment.as(bob);

    const answers = [
      await as.post('/api/comments').send({ post_id, content: 'a', parent: id }),
      await as.put(`/api/comments/${id}`).send({ content: 'a' }),
      await as.delete(`/api/comments/${id}`),
      await as.post(`/api/comments/${id}/like`),
      await as.put(`/api/comments/${id}/like`),
      await as.delete(`/api/comments/${id}/like`),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 6 }, () => [404, 'comment_not_found']),
    );
    const { headers } = await comment.as().get(`/api/comments?post_id=${post_id}`).expect(200);
    expect(headers['x-total-count']).toBe('1');
  });

  it('is read to the end by cursor around it', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const { post_id } = comment.given();
    const shown: string[] = [];
    for (const author of [alice, carol, alice, alice, carol, carol, alice]) {
      const id = await comment.write(author, post_id);
      if (author === carol) shown.push(id);
    }
    await setApart(alice, bob);

    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const url: string = `/api/comments?post_id=${post_id}&limit=1&cursor=${cursor}`;
      const { body, headers }: Response = await comment.as(bob).get(url).expect(200);
      found.push(...(body as Listed[]).map(({ id }) => id));
      cursor = /cursor=([^>&]+)/.exec(headers['link'] ?? '')?.[1] ?? null;
    }

    expect(found).toEqual(shown);
  });

  it('is shown to admins', async () => {
    const [alice, admin] = [aUser(), anAdmin()];
    const { post_id } = comment.given();
    await comment.write(alice, post_id, { content: 'shown' });
    await setApart(alice, admin);

    expect((await comment.list(post_id, '', admin)).map(shapeOf)).toEqual([['shown']]);
  });
});

describe('blocks', () => {
  it('hold and end by the latest event, in whatever order they come, and however often', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const { post_id } = comment.given();
    await comment.write(alice, post_id);
    const seen = async () => (await comment.list(post_id, '', bob)).length;

    await unblock(bob, alice, 2);
    await block(bob, alice, 1, 3);
    expect(await seen()).toBe(1);

    await block(bob, alice, 3, 3);
    expect(await seen()).toBe(0);

    await block(alice, bob, 1);
    await unblock(bob, alice, 4);
    expect(await seen()).toBe(0);

    await unblock(alice, bob, 2);
    expect(await seen()).toBe(1);
  });

  it('may name people of whom nothing is known here', async () => {
    await comment.deliver(userBlocked, { blocker_id: anId(), blocked_id: anId(), revision: 1 });

    expect(comment.harness.deadLetters()).toEqual([]);
  });
});
