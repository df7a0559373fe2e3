import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listProfileReferences, userDeleted } from '@commons/contracts';
import { anId, aUser, type TestUser } from '@commons/platform/testing';
import { accountOf, buildProfile, register, say, setUp, type ProfileService } from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const referenceOf = ({ id }: TestUser, overrides = {}) => ({
  ...{ user_id: id, nickname: null, avatar_url: null, visibility: 'public' },
  ...{ allow_messages_from: 'everyone', show_online: true, revision: 1 },
  ...overrides,
});
const list = async (input: { ids?: string[]; after?: string; limit?: number }) =>
  (await profile.call(listProfileReferences, input).expect(200)).body.profiles;

describe('what other services ask of profiles', () => {
  it('is what they keep of some, in the order of their ids', async () => {
    const [ann, ben, gone] = [await register(profile), await register(profile), await register(profile)];
    await say(profile, ann, { nickname: 'Annie' });
    await setUp(profile, ann, { profile_visibility: 'private', allow_messages_from: 'followers', show_online: false });
    await profile.deliver(userDeleted, { user_id: gone.id });

    const profiles = await list({ ids: [ben.id, gone.id, anId(), ann.id] });

    const changed = { nickname: 'Annie', visibility: 'private', allow_messages_from: 'followers', show_online: false };
    expect(profiles).toEqual(
      [referenceOf(ann, { ...changed, revision: 3 }), referenceOf(ben)].toSorted((a, b) =>
        a.user_id < b.user_id ? -1 : 1,
      ),
    );
    expect(await list({ ids: [] })).toEqual([]);
  });

  it('is there of those who have just registered', async () => {
    const ann = aUser();
    profile.accounts.set(ann.id, accountOf(ann));

    expect(await list({ ids: [ann.id] })).toEqual([referenceOf(ann)]);
  });

  it('is all of them, from one on', async () => {
    for (let index = 0; index < 3; index += 1) await register(profile);
    const all = (await list({})).map(({ user_id }: { user_id: string }) => user_id);
    expect(all).toEqual(all.toSorted());

    const rest = await list({ after: all[0], limit: 2 });

    expect(rest.map(({ user_id }: { user_id: string }) => user_id)).toEqual(all.slice(1, 3));
    expect(await list({ after: 'f'.repeat(24) })).toEqual([]);
  });

  it('is for the services that need it, and never for the outside', async () => {
    await profile.call(listProfileReferences, {}, { caller: 'gateway' }).expect(403);
    await profile.as(aUser()).post('/internal/ListProfileReferences').send({}).expect(403);
    await profile.call(listProfileReferences, { limit: 1_001 }).expect(422);
    await profile.call(listProfileReferences, { ids: ['x'] }).expect(400);
  });
});
