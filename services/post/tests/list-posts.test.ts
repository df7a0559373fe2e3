import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postLiked } from '@commons/contracts';
import {
  aUser,
  BAD_PAGES,
  buildService,
  fakeClock,
  idsOf,
  PUBLIC_URL,
  readToEnd,
  type TestUser,
} from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

const clock = fakeClock('2026-01-01T00:00:00.000Z');
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock });
});
afterAll(() => post.stop());

/** Publishes posts, a second apart, with these numbers of likes. */
async function publishLiked(author: TestUser, likes: number[]): Promise<string[]> {
  const ids = [];
  for (const [index, likes_count] of likes.entries()) {
    clock.advance(1_000);
    const post_id = await publish(post, author, { title: `Number ${index}`, tags: [author.username] });
    ids.push(post_id);
    const liker = { user_id: aUser().id, username: 'liker' };
    const about = { post_id, post_author_id: author.id, post_title: '' };
    if (likes_count > 0) await post.deliver(postLiked, { ...about, ...liker, likes_count, revision: 1 });
  }
  return ids;
}

describe('listing posts', () => {
  it('shows each with its author by name', async () => {
    const alice = aUser();
    const id = await publish(post, alice, { title: 'A', content: 'B', tags: ['C'], content_type: 'markdown' });

    const { body } = await post.as().get(`/api/posts?author_id=${alice.id}`).expect(200);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          id,
          title: 'A',
          content: 'B',
          content_type: 'markdown',
          image_url: null,
          author: { id: alice.id, username: alice.username },
          tags: ['C'],
          visibility: 'public',
          created_at: now,
          updated_at: now,
          likes_count: 0,
          comments_count: 0,
          views_count: 0,
        },
      ],
    });
  });

  it('goes page by page, with links to the next and the previous one', async () => {
    const alice = aUser();
    const ids = (await publishLiked(alice, [0, 0, 0, 0, 0])).toReversed();
    const path = `/api/posts?author_id=${alice.id}&limit=2`;

    const pages = await Promise.all(
      [path, `${path}&page=2`, `${path}&page=3`, `${path}&page=4`].map((url) => post.as().get(url).expect(200)),
    );

    const link = (page: number) => `${PUBLIC_URL}${path}&page=${page}`;
    expect(pages.map(({ body }) => ({ ...body, results: idsOf(body) }))).toEqual([
      { count: 5, next: link(2), previous: null, results: ids.slice(0, 2) },
      { count: 5, next: link(3), previous: link(1), results: ids.slice(2, 4) },
      { count: 5, next: null, previous: link(2), results: ids.slice(4) },
      { count: 5, next: null, previous: link(3), results: [] },
    ]);
  });

  it.each([
    ['-created_at', [4, 3, 2, 1, 0]],
    ['created_at', [0, 1, 2, 3, 4]],
    ['-likes_count', [1, 4, 3, 2, 0]],
    ['likes_count', [0, 2, 3, 4, 1]],
  ])('orders by %s, by page and by cursor alike', async (ordering, expected) => {
    const alice = aUser();
    const ids = await publishLiked(alice, [0, 7, 0, 2, 2]);
    const order = expected.map((index) => ids[index]);

    for (const filter of [`author_id=${alice.id}`, `tag=${alice.username}`]) {
      const path = `/api/posts?${filter}&ordering=${ordering}&limit=2`;
      const pages = [];
      for (const page of [1, 2, 3]) pages.push(...idsOf((await post.as().get(`${path}&page=${page}`)).body));

      expect(pages).toEqual(order);
      expect(await readToEnd(post.as(), path)).toEqual({ ids: order, pages: 3 });
      expect(await readToEnd(post.as(alice), path)).toEqual({ ids: order, pages: 3 });
    }
  });

  it('keeps the order in the cursor, whatever is asked beside it', async () => {
    const alice = aUser();
    const ids = await publishLiked(alice, [3, 1, 2]);
    const path = `/api/posts?author_id=${alice.id}&limit=1`;

    const first = await post.as().get(`${path}&ordering=likes_count&cursor=`).expect(200);
    const { next_cursor } = first.body;
    const second = await post.as().get(`${path}&ordering=-created_at&cursor=${next_cursor}`).expect(200);

    expect(idsOf(first.body)).toEqual([ids[1]]);
    expect(idsOf(second.body)).toEqual([ids[2]]);
  });

  it('reads on in its place by cursor while posts are added', async () => {
    const alice = aUser();
    const ids = await publishLiked(alice, [0, 0, 0]);
    const path = `/api/posts?author_id=${alice.id}&limit=2`;
    const first = await post.as().get(`${path}&cursor=`).expect(200);

    await publishLiked(alice, [0]);

    const second = await post.as().get(`${path}&cursor=${first.body.next_cursor}`).expect(200);
    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual(ids.toReversed());
    expect(second.body.next_cursor).toBeNull();
  });

  it('tells posts of the same moment apart', async () => {
    const alice = aUser();
    const ids = [];
    for (let index = 0; index < 5; index++) ids.push(await publish(post, alice));

    const { ids: read } = await readToEnd(post.as(), `/api/posts?author_id=${alice.id}&limit=1`);

    expect(read.toSorted()).toEqual(ids.toSorted());
  });

  it('filters by tag without a look at case or a leading #', async () => {
    const alice = aUser();
    const tag = `Tag-${alice.username}`;
    const id = await publish(post, alice, { tags: [tag, 'other'] });
    await publish(post, alice, { tags: ['other'] });

    for (const asked of [tag, tag.toUpperCase(), encodeURIComponent(`#${tag}`)]) {
      const { body } = await post.as().get(`/api/posts?tag=${asked}`).expect(200);
      expect({ count: body.count, ids: idsOf(body) }).toEqual({ count: 1, ids: [id] });
    }
  });

  it('finds posts by words of title and content, all of them, without a look at case or accents', async () => {
    const alice = aUser();
    const word = `w${alice.username}`;
    const first = await publish(post, alice, { title: `Café ${word}`, content: 'Über den Wolken' });
    const second = await publish(post, alice, { title: 'Another', content: `${word.toUpperCase()}, wolken!` });
    const find = async (q: string) => {
      const { body } = await post
        .as()
        .get(`/api/posts?q=${encodeURIComponent(q)}`)
        .expect(200);
      expect(body.count).toBe(body.results.length);
      return idsOf(body);
    };

    expect(await find(word)).toEqual(expect.arrayContaining([first, second]));
    expect(await find(`${word} wolken`)).toHaveLength(2);
    expect(await find(`CAFE ${word}`)).toEqual([first]);
    expect(await find(`${word} uber`)).toEqual([first]);
    expect(await find(`${word} nowhere`)).toEqual([]);
    expect(await find('!?')).toEqual([]);
    expect(await find(`$where ${word}`)).toEqual([]);
  });

  it('finds a post by its new words once it is changed', async () => {
    const alice = aUser();
    const [old, fresh] = [`old${alice.username}`, `new${alice.username}`];
    const id = await publish(post, alice, { title: old, content: 'stays' });

    await post.as(alice).patch(`/api/posts/${id}`).send({ title: fresh }).expect(200);

    expect((await post.as().get(`/api/posts?q=${old}`)).body.count).toBe(0);
    expect(idsOf((await post.as().get(`/api/posts?q=${fresh}%20stays`)).body)).toEqual([id]);
  });

  it('joins its filters', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const word = `join${alice.username}`;
    const id = await publish(post, alice, { title: word, tags: ['joined'] });
    await publish(post, alice, { title: word });
    await publish(post, bob, { title: word, tags: ['joined'] });

    const path = `/api/posts?author_id=${alice.id}&tag=joined&q=${word}&ordering=-likes_count`;

    expect((await post.as().get(path).expect(200)).body).toMatchObject({ count: 1, results: [{ id }] });
    expect((await readToEnd(post.as(), path)).ids).toEqual([id]);
  });

  it.each([
    ...BAD_PAGES,
    'ordering=title',
    'ordering=__proto__',
    'ordering=created_at&ordering=likes_count',
    'author_id=x',
    'author_id=',
    'author_id[$ne]=x&author_id=y',
    'tag=',
    'tag=a&tag=b',
    `tag=${'x'.repeat(51)}`,
    `q=${'x'.repeat(201)}`,
    'q=a&q=b',
    `cursor=${Buffer.from('["-created_at",1e300,"000000000000000000000000"]').toString('base64url')}`,
    `cursor=${Buffer.from('["title",1,"000000000000000000000000"]').toString('base64url')}`,
    `cursor=${Buffer.from('["-created_at",{"$gt":0},"000000000000000000000000"]').toString('base64url')}`,
  ])('refuses the query %s', async (query) => {
    const { body } = await post.as().get(`/api/posts?${query}`);

    expect(body).toMatchObject({ status: 400 });
  });

  it('cuts a limit over 100 to 100, takes a far page, and bears odd words', async () => {
    await post.as().get('/api/posts?limit=100000').expect(200);
    expect((await post.as().get('/api/posts?page=1000000&limit=100').expect(200)).body.results).toEqual([]);
    for (const q of ['%00', '%F0%9F%91%8D', '$ne', '%22phrase%22', '-minus', '"'.repeat(200), '%ED%A0%80', '你好世界'])
      await post
        .as()
        .get(`/api/posts?q=${encodeURI(q)}`)
        .expect(200);
    await post.as().get('/api/posts?q=%E0%A4%A').expect(200);
  });

  it('answers 304 to who has the same list already, and is one route with a slash at its end', async () => {
    const path = `/api/posts/?author_id=${aUser().id}`;
    const { headers } = await post.as().get(path).expect(200);

    await post.as().get(path).set('if-none-match', headers['etag']!).expect(304);
  });

  it('refuses a bad token, and other methods', async () => {
    await post.as().get('/api/posts').set('authorization', 'Bearer nonsense').expect(401);
    const { headers } = await post.as(aUser()).put('/api/posts').send({}).expect(405);
    expect(headers['allow']).toBe('GET, POST, HEAD, OPTIONS');
  });
});
