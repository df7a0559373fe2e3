import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRequestAccepted, subscriptionRequestSent } from '@commons/contracts';
import { anAdmin, anId, aUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

const anyId = expect.stringMatching(/^[0-9a-f]{24}$/);
const path = '/api/subscriptions/request';

describe('asking to follow', () => {
  it('follows at once where the profile is public, and tells of it with the counts of both', async () => {
    const [ada, ben] = [running.given(), running.given({ visibility: 'public' })];

    const { body, headers } = await running.follow(ada, ben).expect(201);

    expect(body).toEqual({ id: anyId, follower_id: ada.id, following_id: ben.id, status: 'accepted' });
    expect(headers['location']).toBe(`/api/subscriptions/${ada.id}`);
    expect(await running.told(subscriptionRequestAccepted, ada, ben)).toEqual([
      {
        v: 1,
        meta: { actor_id: ada.id, ip: '203.0.113.7', user_agent: 'jest' },
        subscription_id: body.id,
        follower_id: ada.id,
        follower_username: ada.username,
        following_id: ben.id,
        following_username: ben.username,
        revision: 1,
        followers_count: 1,
        followers_revision: 1,
        following_count: 1,
        following_revision: 1,
        was_requested: false,
      },
    ]);
    expect(await running.told(subscriptionRequestSent, ada, ben)).toEqual([]);
  });

  it.each(['followers', 'private'] as const)('waits for an answer where the profile is for %s', async (visibility) => {
    const [ada, ben] = [running.given(), running.given({ visibility })];

    const { body, headers } = await running.follow(ada, ben).expect(201);

    expect(body).toEqual({ id: anyId, follower_id: ada.id, following_id: ben.id, status: 'pending' });
    expect(headers['location']).toBe('/api/subscriptions/requests?direction=out');
    expect(await running.told(subscriptionRequestSent, ada, ben)).toEqual([
      {
        v: 1,
        meta: { actor_id: ada.id, ip: '203.0.113.7', user_agent: 'jest' },
        subscription_id: body.id,
        follower_id: ada.id,
        follower_username: ada.username,
        following_id: ben.id,
        following_username: ben.username,
        revision: 1,
      },
    ]);
    expect(await running.told(subscriptionRequestAccepted, ada, ben)).toEqual([]);
    expect(await running.names('followers', ben)).toEqual([]);
  });

  it('makes no exception for admins', async () => {
    const { body } = await running.follow(anAdmin(), running.given({ visibility: 'private' })).expect(201);

    expect(body.status).toBe('pending');
  });

  it('is a conflict while it waits, and once it is granted', async () => {
    const ada = running.given();
    const [open, closed] = [running.given(), running.given({ visibility: 'private' })];
    for (const user of [open, closed]) await running.follow(ada, user).expect(201);

    const [again, asked] = [await running.follow(ada, open), await running.follow(ada, closed)];

    expect(again.body).toMatchObject({ status: 409, code: 'already_following' });
    expect(asked.body).toMatchObject({ status: 409, code: 'already_requested' });
    expect(await running.told(subscriptionRequestAccepted, ada, open)).toHaveLength(1);
    expect(await running.told(subscriptionRequestSent, ada, closed)).toHaveLength(1);
  });

  it('can be done again after an end, with the order of changes going on', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);
    await running.unfollow(ada, ben).expect(204);

    const { body } = await running.follow(ada, ben).expect(201);

    expect(body.status).toBe('accepted');
    const told = await running.told(subscriptionRequestAccepted, ada, ben);
    expect(told.map(({ revision, followers_count }) => [revision, followers_count])).toEqual([
      [1, 1],
      [3, 1],
    ]);
  });

  it('is about one direction only', async () => {
    const [ada, ben] = [running.given(), running.given()];

    await running.follow(ada, ben).expect(201);
    await running.follow(ben, ada).expect(201);

    expect(await running.names('following', ada)).toEqual([ben.username]);
    expect(await running.names('followers', ada)).toEqual([ben.username]);
  });

  it('cannot be about oneself', async () => {
    const ada = running.given();

    const { body } = await running.follow(ada, { ...ada, id: ada.id.toUpperCase() }).expect(422);

    expect(body).toMatchObject({ code: 'oneself', errors: [{ path: 'user_id', message: 'is oneself' }] });
  });

  it('knows nobody whom nobody knows, or whose account has gone', async () => {
    const gone = running.given();
    running.accounts.set(gone.id, { username: '', username_revision: 2, status: 'deleted' });

    for (const user of [aUser(), gone]) {
      const { body } = await running.follow(running.given(), user).expect(404);
      expect(body).toMatchObject({ code: 'user_not_found' });
    }
  });

  it('takes a suspended user for any other', async () => {
    const ben = running.given();
    running.accounts.set(ben.id, { username: ben.username, username_revision: 1, status: 'suspended' });

    await running.follow(running.given(), ben).expect(201);
  });

  it('has one effect and one answer for an Idempotency-Key', async () => {
    const [ada, ben] = [running.given(), running.given()];
    const ask = () => running.follow(ada, ben).set('idempotency-key', 'once');

    const [first, second] = [await ask().expect(201), await ask().expect(201)];

    expect(second.body).toEqual(first.body);
    expect(await running.told(subscriptionRequestAccepted, ada, ben)).toHaveLength(1);
  });

  it('needs a user', async () => {
    const { headers } = await running.as().post(path).send({ user_id: anId() }).expect(401);

    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it.each([
    ['no body', undefined],
    ['nobody named', {}],
    ['null', { user_id: null }],
    ['an id that is none', { user_id: 'x' }],
    ['an id that is an object', { user_id: { $ne: null } }],
    ['a list', [anId()]],
  ])('refuses %s as a bad request', async (_, sent) => {
    const { body } = await running
      .as(running.given())
      .post(path)
      .send(sent as object)
      .expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('refuses what is no JSON, and other methods', async () => {
    const ada = running.as(running.given());

    await ada.post(path).type('json').send('{').expect(400);
    await ada.post(path).type('text').send('user').expect(415);
    const { headers } = await ada.get(path).expect(405);
    expect(headers['allow']).toBe('POST, OPTIONS');
  });
});
