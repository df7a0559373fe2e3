import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRemoved, userBlocked, userUnblocked } from '@commons/contracts';
import { anAdmin, anId, aUser, fakeClock, PUBLIC_URL } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

const clock = fakeClock();
let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription({ clock });
});
afterAll(() => running.stop());

const path = '/api/subscriptions/blocks';
const meta = (actor_id: string) => ({ actor_id, ip: '203.0.113.7', user_agent: 'jest' });

describe('blocking a user', () => {
  it('is told of once, and answers the same again', async () => {
    const [ada, ben] = [running.given(), running.given()];

    const first = await running.block(ada, ben).expect(201);
    clock.advance(1_000);
    const second = await running.block(ada, ben).expect(200);

    expect(first.body).toEqual({ user_id: ben.id, created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/) });
    expect(first.headers['location']).toBe(path);
    expect(second.body).toEqual(first.body);
    expect(await running.told(userBlocked, ada, ben)).toEqual([
      { v: 1, meta: meta(ada.id), blocker_id: ada.id, blocked_id: ben.id, revision: 1 },
    ]);
  });

  it('ends both subscriptions, with the counts exact at each', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);
    await running.follow(ben, ada).expect(201);

    await running.block(ada, ben).expect(201);

    const removed = await running.told(subscriptionRemoved, ada, ben);
    expect(removed).toEqual([
      expect.objectContaining({ follower_id: ada.id, following_id: ben.id, was_pending: false, revision: 2 }),
      expect.objectContaining({ follower_id: ben.id, following_id: ada.id, was_pending: false, revision: 2 }),
    ]);
    for (const data of removed)
      expect(data).toMatchObject({
        meta: meta(ada.id),
        followers_count: 0,
        followers_revision: 2,
        following_count: 0,
        following_revision: 2,
      });
    for (const user of [ada, ben]) {
      expect(await running.names('following', user)).toEqual([]);
      expect(await running.names('followers', user)).toEqual([]);
    }
  });

  it('ends what waits, in both directions', async () => {
    const [ada, ben] = [running.given({ visibility: 'private' }), running.given({ visibility: 'followers' })];
    const { body } = await running.follow(ada, ben).expect(201);
    await running.follow(ben, ada).expect(201);

    await running.block(ada, ben).expect(201);

    const removed = await running.told(subscriptionRemoved, ada, ben);
    expect(removed.map(({ follower_id, was_pending }) => [follower_id, was_pending])).toEqual([
      [ada.id, true],
      [ben.id, true],
    ]);
    await running.as(ben).post('/api/subscriptions/accept').send({ request_id: body.id }).expect(404);
    for (const user of [ada, ben]) {
      const { body: list } = await running.as(user).get('/api/subscriptions/requests?direction=out').expect(200);
      expect(list).toMatchObject({ count: 0, results: [] });
    }
  });

  it('forbids to ask, both the one and the other', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.block(ada, ben).expect(201);

    for (const [one, other] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      const { body } = await running.follow(one, other).expect(403);
      expect(body).toMatchObject({ status: 403, code: 'blocked' });
    }
  });

  it('hides the lists of each from the other: a 404, for admins too only where they are others', async () => {
    const [ada, ben, admin] = [running.given(), running.given(), anAdmin()];
    await running.block(ada, ben).expect(201);

    for (const [viewer, of] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      const { body } = await running.as(viewer).get(`/api/subscriptions/${of.id}`).expect(404);
      expect(body).toMatchObject({ code: 'user_not_found' });
    }
    expect(await running.names('following', ada, admin)).toEqual([]);
  });

  it('can be done by both, and each end is its own', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.block(ada, ben).expect(201);
    await running.block(ben, ada).expect(201);

    await running.unblock(ada, ben).expect(204);
    await running.follow(ada, ben).expect(403);
    await running.unblock(ben, ada).expect(204);

    await running.follow(ada, ben).expect(201);
  });

  it('cannot be about oneself, or somebody who is not there', async () => {
    const ada = running.given();

    const { body } = await running.block(ada, ada).expect(422);

    expect(body).toMatchObject({ code: 'oneself' });
    expect((await running.block(ada, aUser()).expect(404)).body).toMatchObject({ code: 'user_not_found' });
  });

  it('needs a user, and an id', async () => {
    const ada = running.as(running.given());

    await running.as().post(path).send({ user_id: anId() }).expect(401);
    for (const sent of [undefined, {}, { user_id: null }, { user_id: 'x' }, { user_id: 7 }])
      await ada.post(path).send(sent).expect(400);
    const { headers } = await ada.put(path).send({}).expect(405);
    expect(headers['allow']).toBe('POST, GET, HEAD, OPTIONS');
  });

  it('has one effect and one answer for an Idempotency-Key', async () => {
    const [ada, ben] = [running.given(), running.given()];
    const block = () => running.block(ada, ben).set('idempotency-key', 'once');

    const [first, second] = [await block().expect(201), await block().expect(201)];

    expect(second.body).toEqual(first.body);
    expect(await running.told(userBlocked, ada, ben)).toHaveLength(1);
  });
});

describe('blocking a user no more', () => {
  it('is told of once, restores nothing, and does nothing again', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);
    await running.block(ada, ben).expect(201);

    await running.unblock(ada, ben).expect(204, '');
    await running.unblock(ada, ben).expect(204);

    expect(await running.told(userUnblocked, ada, ben)).toEqual([
      { v: 1, meta: meta(ada.id), blocker_id: ada.id, blocked_id: ben.id, revision: 2 },
    ]);
    expect(await running.names('following', ada)).toEqual([]);
    expect((await running.as(ada).get(path).expect(200)).body).toMatchObject({ count: 0, results: [] });
    await running.block(ada, ben).expect(201);
    expect((await running.told(userBlocked, ada, ben)).map(({ revision }) => revision)).toEqual([1, 3]);
  });

  it("leaves others' blocks alone", async () => {
    const [ada, ben, admin] = [running.given(), running.given(), anAdmin()];
    await running.block(ada, ben).expect(201);

    await running.as().delete(`${path}/${ben.id}`).expect(401);
    for (const other of [ben, admin, running.given()]) {
      await running.unblock(other, ben).expect(204);
      await running.unblock(other, ada).expect(204);
    }
    await running.unblock(ada, aUser()).expect(204);
    await running.as(ada).delete(`${path}/x`).expect(400);

    await running.follow(ben, ada).expect(403);
    expect(await running.told(userUnblocked, ada, ben, admin)).toEqual([]);
  });
});

describe('own blocks', () => {
  it('are listed latest first, by page and by cursor', async () => {
    const ada = running.given();
    const blocked = [running.given(), running.given({ nickname: 'Cy', avatar_url: '/c.png' }), running.given()];
    for (const user of blocked) await running.block(ada, user).expect(201);
    await running.block(running.given(), ada).expect(201);

    const first = await running.as(ada).get(`${path}?limit=2`).expect(200);
    const second = await running.as(ada).get(`${path}?limit=2&page=2`).expect(200);
    const past = await running.as(ada).get(`${path}?limit=2&page=9`).expect(200);
    const start = await running.as(ada).get(`${path}?limit=2&cursor=`).expect(200);
    const rest = await running.as(ada).get(`${path}?limit=2&cursor=${start.body.next_cursor}`).expect(200);

    const created_at = clock.now().toISOString();
    const entries = blocked
      .map(({ id, username }, index) => ({
        user_id: id,
        created_at,
        user: {
          id,
          username,
          nickname: index === 1 ? 'Cy' : null,
          avatar_url: index === 1 ? `${PUBLIC_URL}/c.png` : null,
        },
      }))
      .toReversed();
    expect(first.body).toEqual({
      count: 3,
      next: `${PUBLIC_URL}${path}?limit=2&page=2`,
      previous: null,
      results: entries.slice(0, 2),
    });
    expect(second.body).toEqual({
      count: 3,
      next: null,
      previous: `${PUBLIC_URL}${path}?limit=2&page=1`,
      results: entries.slice(2),
    });
    expect(past.body).toMatchObject({ count: 3, next: null, results: [] });
    expect(start.body).toEqual({ next_cursor: expect.any(String), results: entries.slice(0, 2) });
    expect(rest.body).toEqual({ next_cursor: null, results: entries.slice(2) });
  });

  it('are for nobody else', async () => {
    await running.as().get(path).expect(401);
    for (const query of ['page=0', 'limit=x', 'cursor=nonsense', 'cursor=WzEsInoiXQ'])
      await running.as(running.given()).get(`${path}?${query}`).expect(400);
  });
});
