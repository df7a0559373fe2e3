import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser, buildService, PUBLIC_URL } from '@commons/platform/testing';
import { cleanTags, tagChange, tagKey } from '../src/domain/tags.ts';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

let counter = 0;
/** A beginning that no other test's tags have. */
const aPrefix = () => `x${(counter += 1)}`.padEnd(3, 'y');
const tagsOf = async (q: string) =>
  (
    await post
      .as()
      .get(`/api/tags?q=${encodeURIComponent(q)}`)
      .expect(200)
  ).body;
const countsOf = async (q: string) => {
  const { results } = (await tagsOf(q)) as { results: { tag: string; posts_count: number }[] };
  return Object.fromEntries(results.map(({ tag, posts_count }) => [tag, posts_count]));
};

describe('tags', () => {
  it('are compared without case, compatibility forms, a leading # and white space around', () => {
    expect([' #Node.js ', 'NODE.JS', '##ｎｏｄｅ.js'].map(tagKey)).toEqual(['node.js', 'node.js', 'node.js']);
    expect(cleanTags([' Node ', '#node', '', ' # ', 'ЁЖ', 'ёж'])).toEqual(['Node', 'ЁЖ']);
  });

  it('count for public posts only', () => {
    const [open, hidden] = [
      { tags: ['A', 'b'], visibility: 'public' as const },
      { tags: ['b', 'c'], visibility: 'private' as const },
    ];

    expect(tagChange(undefined, open)).toEqual({ added: ['a', 'b'], removed: [] });
    expect(tagChange(open, { ...open, tags: ['B', 'd'] })).toEqual({ added: ['d'], removed: ['a'] });
    expect(tagChange(open, hidden)).toEqual({ added: [], removed: ['a', 'b'] });
    expect(tagChange(hidden, undefined)).toEqual({ added: [], removed: [] });
  });
});

describe('listing tags', () => {
  it('shows the most used first, then by name', async () => {
    const prefix = aPrefix();
    const [alice, bob] = [aUser(), aUser()];
    await publish(post, alice, { tags: [`${prefix}-rare`, `${prefix}-Often`] });
    await publish(post, bob, { tags: [`${prefix}-often`, `${prefix}-also-rare`] });

    expect(await tagsOf(prefix)).toEqual({
      count: 3,
      next: null,
      previous: null,
      results: [
        { tag: `${prefix}-often`, posts_count: 2 },
        { tag: `${prefix}-also-rare`, posts_count: 1 },
        { tag: `${prefix}-rare`, posts_count: 1 },
      ],
    });
  });

  it('finds them by how they begin, however long that is', async () => {
    const prefix = aPrefix();
    await publish(post, aUser(), { tags: [`${prefix}abcdefgh1`, `${prefix}abcdefgh2`, `${prefix}abcdefzz`] });

    expect(Object.keys(await countsOf(`#${prefix.toUpperCase()}`))).toHaveLength(3);
    expect(Object.keys(await countsOf(`${prefix}abcdefgh`))).toEqual([`${prefix}abcdefgh1`, `${prefix}abcdefgh2`]);
    expect(Object.keys(await countsOf(`${prefix}abcdefgh2`))).toEqual([`${prefix}abcdefgh2`]);
    expect(await countsOf(`${prefix}.*`)).toEqual({});
  });

  it('goes page by page and by cursor', async () => {
    const prefix = aPrefix();
    const tags = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${prefix}${letter}`);
    await publish(post, aUser(), { tags });
    await publish(post, aUser(), { tags: [tags[4]] });
    const order = [tags[4], tags[0], tags[1], tags[2], tags[3]];

    const { body } = await post.as().get(`/api/tags?q=${prefix}&limit=2&page=2`).expect(200);
    const read = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await post.as().get(`/api/tags?q=${prefix}&limit=2&cursor=${cursor}`).expect(200);
      read.push(...answer.body.results.map(({ tag }: { tag: string }) => tag));
      cursor = answer.body.next_cursor as string | null;
    }

    expect(body).toMatchObject({
      count: 5,
      next: `${PUBLIC_URL}/api/tags?q=${prefix}&limit=2&page=3`,
      results: [{ tag: order[2] }, { tag: order[3] }],
    });
    expect(read).toEqual(order);
  });

  it('follows what becomes of the posts', async () => {
    const prefix = aPrefix();
    const [a, b] = [`${prefix}a`, `${prefix}b`];
    const alice = aUser();
    const id = await publish(post, alice, { tags: [a, b] });
    expect(await countsOf(prefix)).toEqual({ [a]: 1, [b]: 1 });

    await post
      .as(alice)
      .patch(`/api/posts/${id}`)
      .send({ tags: [b] })
      .expect(200);
    expect(await countsOf(prefix)).toEqual({ [b]: 1 });
    await post.as(alice).patch(`/api/posts/${id}`).send({ visibility: 'private' }).expect(200);
    expect(await countsOf(prefix)).toEqual({});
    await post
      .as(alice)
      .patch(`/api/posts/${id}`)
      .send({ visibility: 'public', tags: [a] })
      .expect(200);
    expect(await countsOf(prefix)).toEqual({ [a]: 1 });
    await post.as(alice).delete(`/api/posts/${id}`).expect(204);
    expect(await countsOf(prefix)).toEqual({});
  });

  it('counts exactly when 40 posts with one tag are published at once', async () => {
    const prefix = aPrefix();

    await Promise.all(Array.from({ length: 40 }, () => publish(post, aUser(), { tags: [prefix] })));

    expect(await countsOf(prefix)).toEqual({ [prefix]: 40 });
  });

  it.each(['page=0', 'limit=x', `q=${'x'.repeat(51)}`, 'q=a&q=b', 'cursor=nonsense', 'cursor=WzEsbnVsbF0'])(
    'refuses the query %s',
    async (query) => {
      expect((await post.as().get(`/api/tags?${query}`)).body).toMatchObject({ status: 400 });
    },
  );

  it('bears odd beginnings', async () => {
    for (const q of ['%00', '$', '.*', '%F0%9F%91%8D', '__proto__', 'constructor'])
      expect((await post.as().get(`/api/tags?q=${q}`).expect(200)).body.results).toEqual([]);
    await publish(post, aUser(), { tags: ['__proto__', '$inc', 'a.b'] });
    expect((await post.as().get('/api/tags?q=__proto').expect(200)).body.results).toEqual([
      { tag: '__proto__', posts_count: 1 },
    ]);
    expect(await countsOf('$inc')).toEqual({ $inc: 1 });
  });
});
