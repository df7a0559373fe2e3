import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRequestAccepted, subscriptionRequestDeclined } from '@commons/contracts';
import { anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

type Answer = 'accept' | 'decline';
const answer = (user: TestUser | undefined, how: Answer, sent?: object) =>
  running.as(user).post(`/api/subscriptions/${how}`).send(sent);

/** Somebody who has asked, and who was asked. */
async function asked(): Promise<{ ada: TestUser; ben: TestUser; request_id: string }> {
  const [ada, ben] = [running.given(), running.given({ visibility: 'private' })];
  const { body } = await running.follow(ada, ben).expect(201);
  return { ada, ben, request_id: body.id };
}

const waiting = async (user: TestUser): Promise<number> =>
  (await running.as(user).get('/api/subscriptions/requests').expect(200)).body.count;

describe('answering a request', () => {
  it('accepts it by its id, and tells of it with the counts of both', async () => {
    const { ada, ben, request_id } = await asked();

    const { body } = await answer(ben, 'accept', { request_id }).expect(200);

    expect(body).toEqual({ id: request_id, follower_id: ada.id, following_id: ben.id, status: 'accepted' });
    expect(await running.told(subscriptionRequestAccepted, ada, ben)).toEqual([
      {
        v: 1,
        meta: { actor_id: ben.id, ip: '203.0.113.7', user_agent: 'jest' },
        subscription_id: request_id,
        follower_id: ada.id,
        follower_username: ada.username,
        following_id: ben.id,
        following_username: ben.username,
        revision: 2,
        followers_count: 1,
        followers_revision: 1,
        following_count: 1,
        following_revision: 1,
        was_requested: true,
      },
    ]);
    expect(await running.names('followers', ben)).toEqual([ada.username]);
    expect(await waiting(ben)).toBe(0);
  });

  it('accepts it by who asked', async () => {
    const { ada, ben, request_id } = await asked();

    const { body } = await answer(ben, 'accept', { user_id: ada.id }).expect(200);

    expect(body).toEqual({ id: request_id, follower_id: ada.id, following_id: ben.id, status: 'accepted' });
  });

  it('declines it, and lets it be asked again', async () => {
    const { ada, ben, request_id } = await asked();

    const { body } = await answer(ben, 'decline', { request_id }).expect(200);

    expect(body).toEqual({ id: request_id, follower_id: ada.id, following_id: ben.id, status: 'declined' });
    expect((await running.told(subscriptionRequestDeclined, ada, ben)).map(({ revision }) => revision)).toEqual([2]);
    expect(await waiting(ben)).toBe(0);
    const again = await running.follow(ada, ben).expect(201);
    expect(again.body.status).toBe('pending');
    expect(await waiting(ben)).toBe(1);
    await answer(ben, 'decline', { user_id: ada.id }).expect(200);
    expect((await running.told(subscriptionRequestDeclined, ada, ben)).map(({ revision }) => revision)).toEqual([2, 4]);
  });

  it.each([
    ['accept', 'accept'],
    ['accept', 'decline'],
    ['decline', 'accept'],
    ['decline', 'decline'],
  ] as const)('is a conflict after %s to %s', async (first, second) => {
    const { ada, ben, request_id } = await asked();
    await answer(ben, first, { request_id }).expect(200);

    for (const name of [{ request_id }, { user_id: ada.id }]) {
      const { body } = await answer(ben, second, name).expect(409);
      expect(body).toMatchObject({ status: 409, code: 'not_pending' });
    }
  });

  it('finds none that was never sent, or was taken back', async () => {
    const { ada, ben, request_id } = await asked();
    await running.unfollow(ada, ben).expect(204);

    for (const name of [{ request_id }, { user_id: ada.id }, { request_id: anId() }, { user_id: anId() }]) {
      const { body } = await answer(ben, 'accept', name).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'subscription_not_found' });
    }
  });

  it.each(['accept', 'decline'] as const)('leaves it to the one who was asked to %s', async (how) => {
    const { ada, ben, request_id } = await asked();

    await answer(undefined, how, { request_id }).expect(401);
    for (const other of [ada, running.given(), anAdmin()]) await answer(other, how, { request_id }).expect(404);
    await answer(ada, how, { user_id: ben.id }).expect(404);
    expect(await waiting(ben)).toBe(1);
  });

  it.each([
    ['no body', undefined, 400],
    ['nothing named', {}, 400],
    ['null', { request_id: null }, 400],
    ['an id that is none', { request_id: '1' }, 400],
    ['a number', { user_id: 5 }, 400],
    ['both', { request_id: anId(), user_id: anId() }, 422],
  ])('refuses %s', async (_, sent, status) => {
    for (const how of ['accept', 'decline'] as const) {
      const { body } = await answer(running.given(), how, sent).expect(status);
      expect(body).toMatchObject({ code: status === 400 ? 'invalid_request' : 'rule_broken' });
    }
  });

  it('answers once what is answered many times at once', async () => {
    const { ada, ben, request_id } = await asked();

    const statuses = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { status } = await answer(ben, index % 2 === 0 ? 'accept' : 'decline', { request_id });
        return status;
      }),
    );

    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    const told = [
      ...(await running.told(subscriptionRequestAccepted, ada, ben)),
      ...(await running.told(subscriptionRequestDeclined, ada, ben)),
    ];
    expect(told).toHaveLength(1);
  });
});
