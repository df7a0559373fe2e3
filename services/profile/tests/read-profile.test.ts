import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionRemoved, subscriptionRequestAccepted, userBlocked, userUnblocked } from '@commons/contracts';
import { anAdmin, anId, aUser } from '@commons/platform/testing';
import {
  block,
  buildProfile,
  follow,
  followOf,
  register,
  say,
  setUp,
  shortOf,
  unfollow,
  wholeOf,
  type ProfileService,
} from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const path = ({ id }: { id: string }) => `/api/profiles/${id}`;

/** Somebody with a follower, one who only asked, and settings that say who may see the profile. */
async function somebody(profile_visibility: string) {
  const [ann, follower, stranger] = [await register(profile), await register(profile), await register(profile)];
  await follow(profile, follower, ann);
  await setUp(profile, ann, { profile_visibility });
  const whole = wholeOf(ann, { visibility: profile_visibility, followers_count: 1, updated_at: expect.any(String) });
  return { ann, follower, stranger, whole };
}

describe('who sees a whole profile', () => {
  it('is everybody where it is public', async () => {
    const { ann, follower, stranger, whole } = await somebody('public');

    for (const viewer of [undefined, stranger, follower, ann, anAdmin()])
      expect((await profile.as(viewer).get(path(ann)).expect(200)).body).toEqual(whole);
  });

  it('is an accepted follower where it is for followers', async () => {
    const { ann, follower, stranger, whole } = await somebody('followers');
    await profile.deliver(subscriptionRemoved, {
      ...followOf(stranger, ann, { followers_count: 1 }),
      was_pending: true,
    });

    for (const viewer of [follower, ann, anAdmin()])
      expect((await profile.as(viewer).get(path(ann)).expect(200)).body).toEqual(whole);
    for (const viewer of [undefined, stranger])
      expect((await profile.as(viewer).get(path(ann)).expect(200)).body).toEqual(shortOf(ann));
  });

  it('is nobody else where it is private', async () => {
    const { ann, follower, stranger, whole } = await somebody('private');

    for (const viewer of [ann, anAdmin()])
      expect((await profile.as(viewer).get(path(ann)).expect(200)).body).toEqual(whole);
    for (const viewer of [undefined, stranger, follower])
      expect((await profile.as(viewer).get(path(ann)).expect(200)).body).toEqual(shortOf(ann));
  });

  it('is no longer who has ceased to follow, in whatever order that is told', async () => {
    const { ann, follower } = await somebody('followers');

    await unfollow(profile, follower, ann);
    await profile.deliver(
      subscriptionRequestAccepted,
      { ...followOf(follower, ann), was_requested: false },
      { times: 2 },
    );

    expect((await profile.as(follower).get(path(ann)).expect(200)).body).toEqual(shortOf(ann));
  });
});

describe('a profile', () => {
  it('is not there for those whom a block keeps apart, but for admins', async () => {
    const [ann, ben, admin] = [await register(profile), await register(profile), anAdmin()];
    await block(profile, ann, ben);
    await block(profile, ann, admin);

    for (const [viewer, of] of [
      [ben, ann],
      [ann, ben],
    ] as const) {
      const { body } = await profile.as(viewer).get(path(of)).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'profile_not_found' });
    }
    await profile.as(admin).get(path(ann)).expect(200);
    await profile.as().get(path(ann)).expect(200);
  });

  it('is there again after the block, in whatever order that is told', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    const both = { blocker_id: ann.id, blocked_id: ben.id };

    await profile.deliver(userUnblocked, { ...both, revision: 2 }, { times: 2 });
    await profile.deliver(userBlocked, { ...both, revision: 1 }, { times: 2 });

    await profile.as(ben).get(path(ann)).expect(200);
    await profile.deliver(userBlocked, { ...both, revision: 3 });
    await profile.as(ben).get(path(ann)).expect(404);
  });

  it('is answered with 304 where nothing has changed, each viewer for themselves', async () => {
    const ann = await register(profile);
    await setUp(profile, ann, { profile_visibility: 'private' });
    const own = await profile.as(ann).get(path(ann)).expect(200);

    await profile.as(ann).get(path(ann)).set('if-none-match', own.headers['etag']!).expect(304);
    await profile.as().get(path(ann)).set('if-none-match', own.headers['etag']!).expect(200);
    await say(profile, ann, { nickname: 'Annie' });
    await profile.as(ann).get(path(ann)).set('if-none-match', own.headers['etag']!).expect(200);
  });

  it('is asked for by an id, with a good token or none', async () => {
    const ann = await register(profile);

    expect((await profile.as().get('/api/profiles/ann').expect(400)).body).toMatchObject({ code: 'invalid_request' });
    await profile
      .as()
      .get(path({ id: anId() }))
      .expect(404);
    await profile.as().get(`/api/profiles/${ann.id.toUpperCase()}/`).expect(200);
    await profile.as().get(path(ann)).set('authorization', 'Bearer x').expect(401);
    const refusal = await profile.as(aUser()).patch(path(ann)).expect(405);
    expect(refusal.headers['allow']).toBe('GET, PUT, HEAD, OPTIONS');
  });
});
