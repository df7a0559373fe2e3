import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listFollowCounts,
  subscriptionRemoved,
  subscriptionRequestAccepted,
  subscriptionRequestDeclined,
  subscriptionRequestSent,
  userBlocked,
  userUnblocked,
} from '@commons/contracts';
import { anAdmin, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
let otherReplica: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
  otherReplica = await buildSubscription({ environment: { DATABASE_PREFIX: running.ctx.config.DATABASE_PREFIX } });
});
afterAll(async () => {
  await otherReplica.stop();
  await running.stop();
});

const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1);
const inOrder = (numbers: unknown[]) => (numbers as number[]).toSorted((a, b) => a - b);

/** What both replicas told between some users, of all that may become of a subscription or a block. */
async function toldOf(events: Parameters<SubscriptionUnderTest['told']>[0][], ...among: TestUser[]) {
  const all = await Promise.all(
    [running, otherReplica].flatMap((replica) =>
      events.map(async (event) =>
        (await replica.told(event, ...among)).map((data) => ({ type: event.type, ...(data as { revision: number }) })),
      ),
    ),
  );
  return all.flat() as { type: string; revision: number; [field: string]: unknown }[];
}

const aboutFollowing = [
  subscriptionRequestSent,
  subscriptionRequestAccepted,
  subscriptionRequestDeclined,
  subscriptionRemoved,
];

async function countsOf({ id }: TestUser) {
  const { body } = await running.call(listFollowCounts, { limit: 1_000 }).expect(200);
  return body.counts.find(({ user_id }: { user_id: string }) => user_id === id);
}

/** What two users may do to each other, one of them first. */
function doings(service: SubscriptionUnderTest, one: TestUser, other: TestUser) {
  return [
    ...upTo(3).map(() => () => service.follow(one, other)),
    () => service.unfollow(one, other),
    () => service.block(one, other),
    ...upTo(3).map(() => () => service.unblock(one, other)),
  ];
}

/** The same numbers in each run, as if by chance: mulberry32. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides);
  };
}

/** Has two users do this and that to each other many times, 20 at once at any time. @returns the statuses that came of it. */
async function quarrel(services: SubscriptionUnderTest[], [ada, ben]: [TestUser, TestUser], times: number) {
  const roll = dice(times);
  await services[0]!.follow(ada, ben).expect(201);
  await services[0]!.follow(ben, ada).expect(201);
  const lanes = upTo(20).map(async (lane) => {
    const statuses: number[] = [];
    const service = services[lane % services.length]!;
    for (let at = lane; at <= times; at += 20) {
      const options = roll(2) === 0 ? doings(service, ada, ben) : doings(service, ben, ada);
      statuses.push((await options[roll(options.length)]!()).status);
    }
    return statuses;
  });
  return (await Promise.all(lanes)).flat();
}

/** What is kept, what is counted and what was told say the same. */
async function expectAgreement(ada: TestUser, ben: TestUser): Promise<void> {
  for (const [follower, following] of [
    [ada, ben],
    [ben, ada],
  ] as const) {
    const pair = { followerId: follower.id, followingId: following.id };
    const kept = (await running.ctx.subscriptions.findBetween(pair))!;
    const told = (await toldOf(aboutFollowing, ada, ben))
      .filter(({ follower_id }) => follower_id === follower.id)
      .toSorted((a, b) => a.revision - b.revision);
    expect(told.map(({ revision }) => revision)).toEqual(upTo(kept.revision));
    const isOn = kept.status === 'accepted';
    const last = told.at(-1)!;
    expect(last.type).toBe(isOn ? 'SubscriptionRequestAccepted' : 'SubscriptionRemoved');
    expect([last['followers_count'], last['following_count']]).toEqual(isOn ? [1, 1] : [0, 0]);
    expect(await countsOf(following)).toMatchObject({
      followers_count: Number(isOn),
      followers_revision: last['followers_revision'],
    });
    expect(await countsOf(follower)).toMatchObject({
      following_count: Number(isOn),
      following_revision: last['following_revision'],
    });
    const blocked = (await toldOf([userBlocked, userUnblocked], ada, ben))
      .filter(({ blocker_id }) => blocker_id === follower.id)
      .toSorted((a, b) => a.revision - b.revision);
    expect(blocked.map(({ revision }) => revision)).toEqual(upTo(blocked.length));
    const isBlocked = (await running.as(follower).get('/api/subscriptions/blocks').expect(200)).body.count === 1;
    expect(blocked.at(-1)?.type === 'UserBlocked').toBe(isBlocked);
  }
  const { counters } = await running.rebuild(anAdmin());
  expect(counters).toMatchObject({ corrected: 0 });
}

describe('two users who follow, leave and block each other 500 times at once', () => {
  it('end with counts that equal a recount, and with the last event of each pair telling how it is', async () => {
    const both: [TestUser, TestUser] = [running.given(), running.given()];
    await running.register(...both);

    const statuses = await quarrel([running], both, 500);

    expect(statuses).toHaveLength(500);
    expect(new Set(statuses)).toEqual(new Set([200, 201, 204, 403, 404, 409]));
    await expectAgreement(...both);
  }, 120_000);

  it('do so through two replicas', async () => {
    const both: [TestUser, TestUser] = [running.given(), running.given()];
    await running.register(...both);

    const statuses = await quarrel([running, otherReplica], both, 100);

    expect(statuses.every((status) => [200, 201, 204, 403, 404, 409].includes(status))).toBe(true);
    await expectAgreement(...both);
  }, 60_000);
});

describe('many who follow one at once', () => {
  it('are counted as exactly 200, each with a number of their own', async () => {
    const star = running.given();
    const fans = upTo(200).map(() => running.given());
    await running.register(star);

    const answers = await Promise.all(fans.map((fan) => running.follow(fan, star)));

    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(fans.map(() => [201, 'accepted']));
    const told = await toldOf([subscriptionRequestAccepted], star, ...fans);
    expect(inOrder(told.map(({ followers_revision }) => followers_revision))).toEqual(upTo(200));
    expect(told.every((data) => data['followers_count'] === data['followers_revision'])).toBe(true);
    expect(told.every((data) => data['following_count'] === 1)).toBe(true);
    expect(await countsOf(star)).toEqual({
      user_id: star.id,
      followers_count: 200,
      followers_revision: 200,
      following_count: 0,
      following_revision: 0,
    });
    const { body } = await running.as().get(`/api/subscriptions/${star.id}?direction=followers&limit=1`).expect(200);
    expect(body.count).toBe(200);
  }, 60_000);

  it('are counted exactly by two replicas', async () => {
    const star = running.given();
    const fans = upTo(60).map(() => running.given());
    await running.register(star);

    const answers = await Promise.all(
      fans.map((fan, index) => (index % 2 === 0 ? running : otherReplica).follow(fan, star)),
    );

    expect(answers.map(({ status }) => status)).toEqual(fans.map(() => 201));
    expect(await countsOf(star)).toMatchObject({ followers_count: 60, followers_revision: 60 });
  }, 60_000);

  it('has one who asks 20 times at once ask once', async () => {
    const [ada, ben] = [running.given(), running.given({ visibility: 'private' })];
    await running.as().get(`/api/subscriptions/${ben.id}`).expect(403);

    const answers = await Promise.all(upTo(20).map(() => running.follow(ada, ben)));

    expect(inOrder(answers.map(({ status }) => status))).toEqual([201, ...upTo(19).map(() => 409)]);
    expect(await running.told(subscriptionRequestSent, ada, ben)).toHaveLength(1);
  });

  it('keeps one exact who follows 100 at once', async () => {
    const fan = running.given();
    const stars = upTo(100).map(() => running.given());
    await running.register(...stars);

    await Promise.all(stars.map((star) => running.follow(fan, star).expect(201)));

    expect(await countsOf(fan)).toMatchObject({ following_count: 100, following_revision: 100 });
  }, 60_000);
});
