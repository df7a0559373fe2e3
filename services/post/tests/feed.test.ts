import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '@commons/platform';
import {
  anId,
  aUser,
  buildService,
  fakeClock,
  idsOf,
  PUBLIC_URL,
  readToEnd,
  type TestUser,
} from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';
import { block, follow, unfollow } from './relations.ts';

const clock = fakeClock('2026-01-01T00:00:00.000Z');
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock });
});
afterAll(() => post.stop());

/** Publishes a second after whatever was published before. */
const publishNext = (author: TestUser, overrides: Record<string, unknown> = {}) => {
  clock.advance(1_000);
  return publish(post, author, overrides);
};

const feedOf = async (reader: TestUser, query = '') =>
  idsOf((await post.as(reader).get(`/api/posts/feed?${query}`).expect(200)).body);

const readAll = async (reader: TestUser, limit: number) =>
  (await readToEnd(post.as(reader), `/api/posts/feed?limit=${limit}`)).ids;

describe('the feed', () => {
  it('shows what those whom one follows have posted for all and for followers, newest first', async () => {
    const [reader, alice, bob] = [aUser(), aUser(), aUser()];
    const ids = [
      await publishNext(alice),
      await publishNext(bob, { visibility: 'followers' }),
      await publishNext(alice, { title: 'A', content: 'B', tags: ['C'] }),
    ];
    await publishNext(alice, { visibility: 'private' });
    await publishNext(reader);
    await publishNext(aUser());
    for (const author of [alice, bob]) await follow(post, reader, author);
    await follow(post, aUser(), reader);

    const { body } = await post.as(reader).get('/api/posts/feed').expect(200);

    expect({ ...body, results: idsOf(body) }).toEqual({
      ...{ count: 3, next: null, previous: null },
      results: ids.toReversed(),
    });
    const { body: single } = await post.as().get(`/api/posts?author_id=${alice.id}&limit=1`).expect(200);
    expect(body.results[0]).toEqual(single.results[0]);
    expect(await feedOf(aUser())).toEqual([]);
  });

  it('goes page by page, and by cursor to its end', async () => {
    const [reader, alice, bob] = [aUser(), aUser(), aUser()];
    const ids: string[] = [];
    for (const author of [alice, bob, alice, alice, bob]) ids.unshift(await publishNext(author));
    for (const author of [alice, bob]) await follow(post, reader, author);
    const path = '/api/posts/feed?limit=2';
    const link = (page: number) => `${PUBLIC_URL}${path}&page=${page}`;

    const pages = await Promise.all(
      [path, `${path}&page=2`, `${path}&page=3`, `${path}&page=4`].map((url) => post.as(reader).get(url).expect(200)),
    );

    expect(pages.map(({ body }) => ({ ...body, results: idsOf(body) }))).toEqual([
      { count: 5, next: link(2), previous: null, results: ids.slice(0, 2) },
      { count: 5, next: link(3), previous: link(1), results: ids.slice(2, 4) },
      { count: 5, next: null, previous: link(2), results: ids.slice(4) },
      { count: 5, next: null, previous: link(3), results: [] },
    ]);
    for (const limit of [1, 2, 5, 100]) expect(await readAll(reader, limit)).toEqual(ids);
  });

  it('tells posts of the same moment apart', async () => {
    const [reader, alice, bob] = [aUser(), aUser(), aUser()];
    const ids: string[] = [];
    for (const author of [alice, bob, alice, bob, bob]) ids.push(await publish(post, author));
    for (const author of [alice, bob]) await follow(post, reader, author);

    const read = await readAll(reader, 1);

    expect(read).toEqual(ids.toSorted().toReversed());
    expect(await feedOf(reader)).toEqual(read);
  });

  it('follows what changes: follows and their end, visibility, deletion, blocks, each with the next read', async () => {
    const [reader, alice, bob] = [aUser(), aUser(), aUser()];
    const [first, second] = [await publishNext(alice), await publishNext(alice)];
    const bobs = await publishNext(bob);
    expect(await feedOf(reader)).toEqual([]);

    await follow(post, reader, alice);
    await follow(post, reader, bob);
    expect(await feedOf(reader)).toEqual([bobs, second, first]);

    await post.as(alice).patch(`/api/posts/${second}`).send({ visibility: 'private' }).expect(200);
    expect(await feedOf(reader)).toEqual([bobs, first]);
    await post.as(alice).patch(`/api/posts/${second}`).send({ visibility: 'followers' }).expect(200);
    expect(await feedOf(reader)).toEqual([bobs, second, first]);
    await post.as(alice).delete(`/api/posts/${first}`).expect(204);
    expect(await feedOf(reader)).toEqual([bobs, second]);

    await unfollow(post, reader, bob);
    expect(await feedOf(reader)).toEqual([second]);
    await block(post, alice, reader);
    expect({ page: await feedOf(reader), cursor: await readAll(reader, 5) }).toEqual({ page: [], cursor: [] });
  });

  it('is for users, and is no post', async () => {
    await post.as().get('/api/posts/feed').expect(401);
    for (const method of ['put', 'patch', 'delete', 'post'] as const) {
      const { headers } = await post.as(aUser())[method]('/api/posts/feed').send({}).expect(405);
      expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
    }
    await post.as(aUser()).get('/api/posts/feed/').expect(200);
  });

  it.each([
    'page=0',
    'limit=x',
    'cursor=nonsense',
    'cursor=e30',
    `cursor=${encodeCursor([1e300, anId()])}`,
    `cursor=${encodeCursor([{ $gt: 0 }, anId()])}`,
    `cursor=${encodeCursor([1, 'x'])}`,
  ])('refuses the query %s', async (query) => {
    const { body } = await post.as(aUser()).get(`/api/posts/feed?${query}`);

    expect(body).toMatchObject({ status: 400 });
  });
});

describe('the feed of somebody who follows more than the database merges at once', () => {
  it('is the same as that of all their lists, whoever posted last, and privately', async () => {
    const reader = aUser();
    const authors = Array.from({ length: 450 }, () => aUser());
    const start = clock.now().getTime();
    const template = await aTemplate();
    const made = authors.flatMap((author, index) =>
      Array.from({ length: index % 4 }, (_, nth) =>
        template(author, new Date(start + ((index * 7919 + nth * 31) % 500))),
      ),
    );
    await post.ctx.db.collection('posts').insertMany(made);
    for (const { id: toId } of authors)
      await post.ctx.follows.note({ fromId: reader.id, toId, isOn: true, revision: 1 });
    await post.ctx.db.collection('authors').insertMany(
      authors.map(({ id }, index) => {
        const theirs = made.filter(({ author_id }) => String(author_id) === id).map(({ created_at }) => created_at);
        // Some posted later what nobody sees, and those who posted nothing are known by name alone.
        const isLater = index % 5 === 0;
        const last = theirs.length === 0 ? null : Math.max(...theirs.map(Number)) + (isLater ? 100_000 : 0);
        return {
          _id: post.ctx.db.base.Types.ObjectId.createFromHexString(id) as never,
          username: '',
          last_posted_at: last === null ? null : new Date(last),
        };
      }),
    );
    const expected = made
      .toSorted((a, b) => Number(b.created_at) - Number(a.created_at) || (String(a._id) < String(b._id) ? 1 : -1))
      .map(({ _id }) => String(_id));

    for (const limit of [20, 100]) expect(await readAll(reader, limit)).toEqual(expected);
    const pages: string[] = [];
    for (let page = 1; page <= 7; page++) pages.push(...(await feedOf(reader, `limit=100&page=${page}`)));
    expect(pages).toEqual(expected);
  });
});

/** Makes posts that are stored as if they had been published. */
async function aTemplate() {
  const author = aUser();
  const id = await publish(post, author);
  const stored = await post.ctx.db.collection('posts').findOne({ lists: `author:${author.id}|all` });
  const { ObjectId } = post.ctx.db.base.Types;
  expect(String(stored?._id)).toBe(id);
  return ({ id: authorId }: TestUser, created_at: Date) => ({
    ...stored,
    _id: new ObjectId(),
    author_id: new ObjectId(authorId),
    lists: [`author:${authorId}|all`, `author:${authorId}|public`, `author:${authorId}|followers`],
    created_at,
  });
}
