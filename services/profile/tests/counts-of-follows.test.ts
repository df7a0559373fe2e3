import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRemoved, subscriptionRequestAccepted, userRegistered } from '@commons/contracts';
import { aUser, type TestUser } from '@commons/platform/testing';
import { buildProfile, followOf, register, registrationOf, type ProfileService } from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const countsOf = async ({ id }: TestUser) => {
  const { body } = await profile.as().get(`/api/profiles/${id}`).expect(200);
  return [body.followers_count, body.following_count];
};
type Numbers = NonNullable<Parameters<typeof followOf>[2]>;
const accepted = (follower: TestUser, following: TestUser, numbers: Numbers, times = 1) =>
  profile.deliver(
    subscriptionRequestAccepted,
    { ...followOf(follower, following, numbers), was_requested: true },
    { times },
  );
const removed = (follower: TestUser, following: TestUser, numbers: Numbers, was_pending = false) =>
  profile.deliver(subscriptionRemoved, { ...followOf(follower, following, numbers), was_pending });

describe('the counts of a profile', () => {
  it('are what their owner says, of both who are concerned, however often that is told', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    const numbers = { followers_count: 7, followers_revision: 9, following_count: 3, following_revision: 4 };
    await countsOf(ann);

    await accepted(ben, ann, numbers, 2);
    await accepted(ben, ann, numbers);

    expect([await countsOf(ann), await countsOf(ben)]).toEqual([
      [7, 0],
      [0, 3],
    ]);
  });

  it('follow the latest news, in whatever order they come', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];

    await removed(ben, ann, {
      ...{ revision: 2, followers_count: 5, followers_revision: 8, following_count: 0, following_revision: 6 },
    });
    await accepted(ben, ann, {
      ...{ revision: 1, followers_count: 6, followers_revision: 7, following_count: 1, following_revision: 5 },
    });

    expect([await countsOf(ann), await countsOf(ben)]).toEqual([
      [5, 0],
      [0, 0],
    ]);
    expect(await profile.ctx.follows.holds(ben.id, ann.id)).toBe(false);
  });

  it('of the two sides do not depend on each other', async () => {
    const [ann, ben, cleo] = [await register(profile), await register(profile), await register(profile)];

    await accepted(ben, ann, { followers_count: 2, followers_revision: 2, following_count: 1, following_revision: 1 });
    await accepted(ann, cleo, { followers_count: 1, followers_revision: 1, following_count: 4, following_revision: 1 });

    expect(await countsOf(ann)).toEqual([2, 4]);
  });

  it('wait for a profile whose owner is heard of later', async () => {
    const [ann, ben] = [aUser(), await register(profile)];
    await accepted(ben, ann, { followers_count: 3, followers_revision: 3 });
    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);

    await profile.deliver(userRegistered, registrationOf(ann));

    expect(await countsOf(ann)).toEqual([3, 0]);
  });

  it('are all right after many follow at the same time', async () => {
    const ann = await register(profile);

    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        accepted(aUser(), ann, { followers_count: index + 1, followers_revision: index + 1 }),
      ),
    );

    expect(await countsOf(ann)).toEqual([40, 0]);
  });
});

describe('a request that was never granted', () => {
  it('was no follow, and its end changes none', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    await accepted(ben, ann, { revision: 1 });

    await removed(ben, ann, { revision: 2 }, true);

    expect(await profile.ctx.follows.holds(ben.id, ann.id)).toBe(true);
  });
});
