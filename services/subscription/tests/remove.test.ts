import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRemoved } from '@commons/contracts';
import { anAdmin, anId } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

const path = '/api/subscriptions/remove';

describe('following no more', () => {
  it('ends it, and tells of it with the counts of both', async () => {
    const [ada, ben, other] = [running.given(), running.given(), running.given()];
    const { body } = await running.follow(ada, ben).expect(201);
    await running.follow(other, ben).expect(201);

    await running.unfollow(ada, ben).expect(204, '');

    expect(await running.told(subscriptionRemoved, ada, ben)).toEqual([
      {
        v: 1,
        meta: { actor_id: ada.id, ip: '203.0.113.7', user_agent: 'jest' },
        subscription_id: body.id,
        follower_id: ada.id,
        follower_username: ada.username,
        following_id: ben.id,
        following_username: ben.username,
        revision: 2,
        followers_count: 1,
        followers_revision: 3,
        following_count: 0,
        following_revision: 2,
        was_pending: false,
      },
    ]);
    expect(await running.names('followers', ben)).toEqual([other.username]);
    expect(await running.names('following', ada)).toEqual([]);
  });

  it('takes a request back, and leaves the counts as they are', async () => {
    const [ada, ben] = [running.given(), running.given({ visibility: 'followers' })];
    await running.follow(ada, ben).expect(201);

    await running.unfollow(ada, ben).expect(204);

    expect(await running.told(subscriptionRemoved, ada, ben)).toEqual([
      expect.objectContaining({
        revision: 2,
        followers_count: 0,
        followers_revision: 0,
        following_count: 0,
        following_revision: 0,
        was_pending: true,
      }),
    ]);
    const { body } = await running.as(ben).get('/api/subscriptions/requests').expect(200);
    expect(body).toMatchObject({ count: 0, results: [] });
  });

  it('takes the user from the query as well', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);

    await running.as(ada).delete(`${path}?user_id=${ben.id}`).expect(204);

    expect(await running.names('following', ada)).toEqual([]);
    await running.follow(ada, ben).expect(201);
    await running.as(ada).delete(`${path}?user_id=${ben.id.toUpperCase()}`).send({ user_id: ben.id }).expect(204);
  });

  it('finds nothing where there is none: never asked, declined, ended before, or the other direction', async () => {
    const [ada, ben, closed] = [running.given(), running.given(), running.given({ visibility: 'private' })];
    await running.follow(ada, ben).expect(201);
    await running.follow(ada, closed).expect(201);
    await running.as(closed).post('/api/subscriptions/decline').send({ user_id: ada.id }).expect(200);

    const refusals = [
      await running.unfollow(ada, running.given()),
      await running.unfollow(ada, { ...ada, id: anId() }),
      await running.unfollow(ada, ada),
      await running.unfollow(ada, closed),
      await running.unfollow(ben, ada),
    ];
    await running.unfollow(ada, ben).expect(204);
    refusals.push(await running.unfollow(ada, ben));

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(
      refusals.map(() => [404, 'subscription_not_found']),
    );
  });

  it("is nobody else's to do: an admin or another has only what is their own", async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);

    await running.as().delete(path).send({ user_id: ben.id }).expect(401);
    for (const other of [running.given(), anAdmin()]) await running.unfollow(other, ben).expect(404);

    expect(await running.names('following', ada)).toEqual([ben.username]);
  });

  it.each([
    ['nobody named', '', undefined],
    ['an empty body', '', {}],
    ['null', '', { user_id: null }],
    ['an id that is none', '', { user_id: 'x' }],
    ['an id that is none in the query', '?user_id=x', undefined],
    ['an empty one in the query', '?user_id=', undefined],
    ['two in the query', `?user_id=${anId()}&user_id=${anId()}`, undefined],
    ['one in the body and another in the query', `?user_id=${anId()}`, { user_id: anId() }],
  ])('refuses %s as a bad request', async (_, query, sent) => {
    const { body } = await running.as(running.given()).delete(`${path}${query}`).send(sent).expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});
