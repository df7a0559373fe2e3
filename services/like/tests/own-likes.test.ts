import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdmin, aUser, buildService, fakeClock, PUBLIC_URL } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aLikedComment, aLikedPost, set, type LikeService } from './a-like.ts';

const clock = fakeClock();
let like: LikeService;
beforeAll(async () => {
  like = await buildService(service, { clock });
});
afterAll(() => like.stop());

describe("a user's own likes", () => {
  it('are listed latest first, page by page', async () => {
    const bob = aUser();
    const things = [aLikedPost(), aLikedComment(), aLikedPost()];
    for (const thing of things) await set(like, thing, bob).expect(200);
    await set(like, things[0]!, aUser()).expect(200);

    const first = await like.as(bob).get('/api/likes?limit=2').expect(200);
    const second = await like.as(bob).get(`/api/likes/?user_id=${bob.id}&limit=2&page=2`).expect(200);

    const created_at = clock.now().toISOString();
    const views = things.map(({ target_type, target_id }) => ({ target_type, target_id, created_at })).toReversed();
    expect(first.body).toEqual({
      count: 3,
      next: `${PUBLIC_URL}/api/likes?limit=2&page=2`,
      previous: null,
      results: views.slice(0, 2),
    });
    expect(second.body).toEqual({
      count: 3,
      next: null,
      previous: `${PUBLIC_URL}/api/likes/?user_id=${bob.id}&limit=2&page=1`,
      results: views.slice(2),
    });
  });

  it('are read to the end by cursor', async () => {
    const bob = aUser();
    const things = [aLikedPost(), aLikedPost(), aLikedPost(), aLikedPost(), aLikedPost()];
    for (const thing of things) await set(like, thing, bob).expect(200);

    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const { body } = await like.as(bob).get(`/api/likes?limit=2&cursor=${cursor}`).expect(200);
      seen.push(...body.results.map(({ target_id }: { target_id: string }) => target_id));
      cursor = body.next_cursor as string | null;
      pages += 1;
    }

    expect(seen).toEqual(things.map(({ target_id }) => target_id).toReversed());
    expect(pages).toBe(3);
  });

  it('are none for somebody who never liked anything, and past the end', async () => {
    const bob = aUser();

    const { body } = await like.as(bob).get('/api/likes').expect(200);

    expect(body).toEqual({ count: 0, next: null, previous: null, results: [] });
    await set(like, aLikedPost(), bob).expect(200);
    const past = await like.as(bob).get('/api/likes?page=9').expect(200);
    expect(past.body).toEqual({ count: 1, next: null, previous: `${PUBLIC_URL}/api/likes?page=1`, results: [] });
  });

  it('count down when a like is taken back', async () => {
    const bob = aUser();
    const [kept, dropped] = [aLikedPost(), aLikedPost()];
    await set(like, kept, bob);
    await set(like, dropped, bob);

    await set(like, dropped, bob, 'unlike').expect(200);

    const { body } = await like.as(bob).get('/api/likes').expect(200);
    expect(body).toMatchObject({ count: 1, results: [{ target_id: kept.target_id }] });
  });

  it('are for nobody else', async () => {
    const bob = aUser();

    await like.as().get('/api/likes').expect(401);
    for (const other of [aUser(), anAdmin()]) {
      const { body } = await like.as(other).get(`/api/likes?user_id=${bob.id}`).expect(403);
      expect(body).toMatchObject({ status: 403, code: 'not_your_likes' });
    }
    await like.as(bob).get(`/api/likes?user_id=${bob.id.toUpperCase()}`).expect(200);
  });

  it.each([
    'user_id=x',
    'user_id=',
    'user_id[$ne]=1&user_id=a',
    'user_id=000000000000000000000000&user_id=000000000000000000000001',
    'page=0',
    'page=-1',
    'page=x',
    'page=1.5',
    'page=99999999999999999999',
    'limit=0',
    'limit=x',
    'cursor=nonsense',
    'cursor=WyJ4Il0',
    `cursor=${Buffer.from('[{"$ne":null}]').toString('base64url')}`,
    'cursor=%00',
  ])('refuse the query %s', async (query) => {
    const { body } = await like.as(aUser()).get(`/api/likes?${query}`);

    expect(body).toMatchObject({ status: 400 });
  });

  it('cut a limit over 100 to 100, and know no other method', async () => {
    await like.as(aUser()).get('/api/likes?limit=5000').expect(200);
    const { headers } = await like.as(aUser()).post('/api/likes').send({}).expect(405);
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
  });
});
