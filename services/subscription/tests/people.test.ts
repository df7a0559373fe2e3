import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRequestAccepted, userProfileUpdated, type Visibility } from '@commons/contracts';
import { aUser, PUBLIC_URL, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

async function shown(user: TestUser): Promise<unknown> {
  const viewer = running.given();
  await running.follow(viewer, user).expect(201);
  const { body } = await running.as(viewer).get(`/api/subscriptions/${viewer.id}`).expect(200);
  return body.results[0].user;
}

const told = (user: TestUser, data: object) =>
  running.deliver(userProfileUpdated, { user_id: user.id, ...data }, { times: 2 });

describe('users', () => {
  it('are known once they have registered, without anybody being asked', async () => {
    const user = aUser();
    await running.register(user);
    const asked = running.asked.length;

    const { body } = await running.as().get(`/api/subscriptions/${user.id}`).expect(200);

    expect(body).toEqual({ count: 0, next: null, previous: null, results: [] });
    expect(running.asked).toHaveLength(asked);
  });

  it('are asked for once where the news of them is late', async () => {
    const user = running.given({ nickname: 'Ada', avatar_url: '/a.png' });
    const asked = running.asked.length;

    await running.as().get(`/api/subscriptions/${user.id}`).expect(200);
    await running.as().get(`/api/subscriptions/${user.id}`).expect(200);

    expect(running.asked.slice(asked)).toEqual([{ ids: [user.id], limit: 1_000 }]);
    expect(await shown(user)).toEqual({
      id: user.id,
      username: user.username,
      nickname: 'Ada',
      avatar_url: `${PUBLIC_URL}/a.png`,
    });
  });

  it('are asked for where all that is known of them is a token: their profile may not be public', async () => {
    const user = running.given({ visibility: 'private' });
    await running.follow(user, running.given()).expect(201);

    const { body } = await running.follow(running.given(), user).expect(201);

    expect(body.status).toBe('pending');
  });

  it('are not decided about by what may be wrong: while `auth` is away it is a 503', async () => {
    const user = running.given();
    const undo = running.harness.faults.fail({ on: 'invocation', app: 'auth' });

    const { body } = await running.follow(aUser(), user).expect(503);

    undo();
    expect(body).toMatchObject({ code: 'service_unavailable' });
  });

  it('are shown by their latest name, in whatever order and however often it is told', async () => {
    const user = running.given();
    await told(user, { username: 'third', username_revision: 3 });
    await told(user, { username: 'second', username_revision: 2 });
    await running.register(user);

    expect(await shown(user)).toMatchObject({ username: 'third' });
  });

  it('keep the name that was announced when their token still says another', async () => {
    const [user, other] = [running.given(), running.given()];
    await told(user, { username: '$after', username_revision: 2 });

    await running.follow(user, other).expect(201);

    const [event] = await running.told(subscriptionRequestAccepted, user, other);
    expect(event).toMatchObject({ follower_username: '$after' });
    expect(await running.names('followers', other)).toEqual(['$after']);
  });

  it('are shown as `profile` last said of each thing, in whatever order', async () => {
    const user = aUser();
    await running.register(user);
    await told(user, { nickname: 'Third', revision: 3 });
    await told(user, { nickname: 'Second', avatar_url: '/$second.png', revision: 2 });
    await told(user, { avatar_url: '/$first.png', revision: 1 });
    const before = await shown(user);
    await told(user, { nickname: null, avatar_url: null, revision: 4 });

    expect(before).toEqual({
      id: user.id,
      username: user.username,
      nickname: 'Third',
      avatar_url: `${PUBLIC_URL}/$second.png`,
    });
    expect(await shown(user)).toEqual({ id: user.id, username: user.username, nickname: null, avatar_url: null });
  });

  it('are found though their profile was told of before themselves', async () => {
    const user = running.given();
    await told(user, { nickname: 'Early', revision: 1 });

    expect(await shown(user)).toEqual({ id: user.id, username: user.username, nickname: 'Early', avatar_url: null });
  });

  it('are followed at once or asked as their profile is visible at that time', async () => {
    const user = aUser();
    await running.register(user);
    const ask = async (): Promise<string> => (await running.follow(running.given(), user).expect(201)).body.status;
    const visible = (visibility: Visibility, revision: number) => told(user, { visibility, revision });

    const seen = [await ask()];
    await visible('private', 2);
    seen.push(await ask());
    await visible('public', 1);
    seen.push(await ask());
    await visible('followers', 3);
    seen.push(await ask());
    await visible('public', 4);
    seen.push(await ask());

    expect(seen).toEqual(['accepted', 'pending', 'pending', 'pending', 'accepted']);
    const { body } = await running.as(user).get('/api/subscriptions/requests').expect(200);
    expect(body.count).toBe(3);
    expect(await running.names('followers', user)).toHaveLength(2);
  });

  it('hide their lists from the moment that it is told', async () => {
    const user = aUser();
    await running.register(user);
    await running.as().get(`/api/subscriptions/${user.id}`).expect(200);

    await told(user, { visibility: 'private', revision: 1 });

    await running.as().get(`/api/subscriptions/${user.id}`).expect(403);
  });
});
