import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listBlocks,
  listFollowCounts,
  listFollows,
  subscriptionRemoved,
  userBlocked,
  userDataErased,
  userDeleted,
  userProfileUpdated,
  userUnblocked,
} from '@commons/contracts';
import { until, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

const erased = async ({ id }: TestUser) =>
  (await running.published(userDataErased)).filter(({ subject }) => subject === id).map(({ data }) => data);

async function remove(user: TestUser, times = 1): Promise<void> {
  running.accounts.set(user.id, { username: '', username_revision: 9, status: 'deleted' });
  await running.deliver(userDeleted, { user_id: user.id }, { times });
  await until(async () => (await erased(user)).length > 0);
}

const collections = ['subscriptions', 'blocks', 'counters', 'people', 'jobs'];
/** What is kept of somebody, anywhere. */
async function traces({ id, username }: TestUser): Promise<Record<string, unknown[]>> {
  const found = await Promise.all(
    collections.map(async (name) => {
      const all = await running.ctx.db.collection(name).find().toArray();
      const about = all.filter((entry) => JSON.stringify(entry).match(new RegExp(`${id}|"${username}"`)));
      return [name, about] as const;
    }),
  );
  return Object.fromEntries(found.filter(([, about]) => about.length > 0));
}

async function countsOf({ id }: TestUser) {
  const counts: { user_id: string; followers_count: number; following_count: number }[] = (
    await running.call(listFollowCounts, { limit: 1_000 }).expect(200)
  ).body.counts;
  return counts.find(({ user_id }) => user_id === id);
}

/** That somebody was, and nothing of who they were. */
const tombstones = {
  counters: [
    expect.objectContaining({
      followers_count: 0,
      following_count: 0,
      requests_in_count: 0,
      requests_out_count: 0,
      blocks_count: 0,
      blocked_by_count: 0,
      erased_at: expect.any(Date),
    }),
  ],
  people: [expect.objectContaining({ username: null, nickname: null, avatar_url: null, erased_at: expect.any(Date) })],
};

describe('a deleted user', () => {
  it('leaves nothing behind: every subscription ends in both directions, and each is told with the counts of the other', async () => {
    const gone = running.given({ visibility: 'private', nickname: 'Gone' });
    const [fan, star, closed, asking] = [
      running.given(),
      running.given(),
      running.given({ visibility: 'private' }),
      running.given(),
    ];
    await running.follow(fan, gone).expect(201);
    await running.as(gone).post('/api/subscriptions/accept').send({ user_id: fan.id }).expect(200);
    await running.follow(gone, star).expect(201);
    await running.follow(running.given(), star).expect(201);
    await running.follow(gone, closed).expect(201);
    await running.follow(asking, gone).expect(201);

    await remove(gone, 3);

    const told = await running.told(subscriptionRemoved, gone, fan, star, closed, asking);
    const common = { revision: expect.any(Number), v: 1 };
    expect(
      new Map(told.map((data) => [`${String(data['follower_id'])} ${String(data['following_id'])}`, data])),
    ).toEqual(
      new Map([
        [
          `${fan.id} ${gone.id}`,
          expect.objectContaining({
            ...common,
            follower_username: fan.username,
            following_username: '',
            revision: 3,
            was_pending: false,
            following_count: 0,
            following_revision: 2,
          }),
        ],
        [
          `${gone.id} ${star.id}`,
          expect.objectContaining({
            ...common,
            follower_username: '',
            following_username: star.username,
            revision: 2,
            was_pending: false,
            followers_count: 1,
            followers_revision: 3,
          }),
        ],
        [`${gone.id} ${closed.id}`, expect.objectContaining({ ...common, revision: 2, was_pending: true })],
        [`${asking.id} ${gone.id}`, expect.objectContaining({ ...common, revision: 2, was_pending: true })],
      ]),
    );
    expect(await erased(gone)).toEqual([expect.objectContaining({ user_id: gone.id, service: 'subscription' })]);
    expect(await traces(gone)).toEqual(tombstones);
    expect(await countsOf(gone)).toBeUndefined();
    expect(await countsOf(star)).toMatchObject({ followers_count: 1 });
    expect(await running.names('following', fan)).toEqual([]);
    const { body } = await running.as(closed).get('/api/subscriptions/requests').expect(200);
    expect(body).toMatchObject({ count: 0, results: [] });
  });

  it('takes blocks along in both directions, each told of', async () => {
    const [gone, blocked, blocker, forgiven] = [running.given(), running.given(), running.given(), running.given()];
    await running.block(gone, blocked).expect(201);
    await running.block(blocker, gone).expect(201);
    await running.block(gone, forgiven).expect(201);
    await running.unblock(gone, forgiven).expect(204);

    await remove(gone);

    const told = await running.told(userUnblocked, gone, blocked, blocker);
    expect(told.map(({ blocker_id, blocked_id, revision }) => [blocker_id, blocked_id, revision]).toSorted()).toEqual(
      [
        [gone.id, blocked.id, 2],
        [blocker.id, gone.id, 2],
      ].toSorted(),
    );
    expect(await traces(gone)).toEqual(tombstones);
    const { body } = await running.as(blocker).get('/api/subscriptions/blocks').expect(200);
    expect(body).toMatchObject({ count: 0, results: [] });
    for (const call of [listBlocks, listFollows]) {
      const { pairs } = (await running.call(call, { limit: 1_000 }).expect(200)).body;
      expect(JSON.stringify(pairs)).not.toContain(gone.id);
    }
  });

  it('goes in more steps than one where it is much', async () => {
    const gone = running.given();
    const [fans, stars] = [0, 0].map(() => Array.from({ length: 30 }, () => running.given())) as [
      TestUser[],
      TestUser[],
    ];
    await Promise.all(fans.map((fan) => running.follow(fan, gone).expect(201)));
    await Promise.all(stars.map((star) => running.follow(gone, star).expect(201)));

    await remove(gone);

    const told = await running.told(subscriptionRemoved, gone, ...fans, ...stars);
    const others = told.map(({ follower_id, following_id }) => (follower_id === gone.id ? following_id : follower_id));
    expect(others.toSorted()).toEqual([...fans, ...stars].map(({ id }) => id).toSorted());
    expect(await erased(gone)).toHaveLength(1);
    expect(await traces(gone)).toEqual(tombstones);
    for (const star of stars.slice(0, 3)) expect(await countsOf(star)).toMatchObject({ followers_count: 0 });
  }, 60_000);

  it('is nobody whom others could find, and asks for nothing any more', async () => {
    const [gone, other] = [running.given(), running.given()];
    await running.follow(other, gone).expect(201);
    await remove(gone);
    await running.deliver(userProfileUpdated, { user_id: gone.id, username: 'ghost', username_revision: 99 });
    await running.deliver(userProfileUpdated, { user_id: gone.id, nickname: 'ghost', revision: 99 });

    expect((await running.follow(other, gone).expect(404)).body).toMatchObject({ code: 'user_not_found' });
    await running.block(other, gone).expect(404);
    await running.unfollow(other, gone).expect(404);
    await running.as().get(`/api/subscriptions/${gone.id}`).expect(404);
    for (const refusal of [await running.follow(gone, other), await running.block(gone, other)])
      expect([refusal.status, refusal.body.code]).toEqual([401, 'token_revoked']);

    expect(await traces(gone)).toEqual(tombstones);
  });

  it('who was never heard of is erased as well', async () => {
    const gone = running.given();

    await remove(gone);

    expect(await traces(gone)).toEqual(tombstones);
    expect(await erased(gone)).toHaveLength(1);
  });

  it('leaves no trace of what was asked, answered or blocked while it went', async () => {
    const gone = running.given({ visibility: 'private' });
    const others = Array.from({ length: 24 }, () => running.given());
    for (const other of others.slice(0, 8)) await running.follow(other, gone).expect(201);
    running.accounts.set(gone.id, { username: '', username_revision: 9, status: 'deleted' });

    const [, ...statuses] = await Promise.all([
      running.deliver(userDeleted, { user_id: gone.id }),
      ...others.map(async (other, index) => {
        if (index < 8)
          return (await running.as(gone).post('/api/subscriptions/accept').send({ user_id: other.id })).status;
        const doings = [running.follow, running.block, (one: TestUser, two: TestUser) => running.follow(two, one)];
        return (await doings[index % 3]!(other, gone)).status;
      }),
    ]);

    expect(statuses.every((status) => [200, 201, 401, 404].includes(status))).toBe(true);
    await until(async () => (await erased(gone)).length > 0);
    expect(await traces(gone)).toEqual(tombstones);
    const { counters } = await running.rebuild(running.given(undefined, { roles: ['user', 'admin'] }));
    expect(counters).toMatchObject({ corrected: 0 });
    const blocked = await running.told(userBlocked, gone, ...others);
    expect(await running.told(userUnblocked, gone, ...others)).toHaveLength(blocked.length);
  });
});
