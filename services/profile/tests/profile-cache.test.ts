import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userDeleted, userProfileUpdated } from '@commons/contracts';
import { keepProfile } from '../src/use-cases/find-profile.ts';
import { buildProfile, follow, register, say, setUp, wholeOf, type ProfileService } from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const read = async (id: string) => (await profile.as().get(`/api/profiles/${id}`).expect(200)).body;

describe('profiles that are kept', () => {
  it('are read without the database, and are the same', async () => {
    const ann = await register(profile);
    await read(ann.id);
    await profile.ctx.db.collection('profiles').updateOne({ username: ann.username }, { $set: { bio: 'unseen' } });

    expect(await read(ann.id)).toEqual(wholeOf(ann));
    expect(await profile.ctx.profileCache.find(ann.id)).toEqual({
      ...(await profile.ctx.profiles.find(ann.id)),
      bio: null,
    });
  });

  it('are forgotten by whatever changes them', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    const isForgotten = async () => {
      const was = await profile.ctx.profileCache.find(ann.id);
      await profile.as(ann).get(`/api/profiles/${ann.id}`);
      return was === undefined;
    };
    await isForgotten();

    const changes = [];
    for (const change of [
      () => say(profile, ann, { nickname: 'Annie' }),
      () => setUp(profile, ann, { theme: 'dark' }),
      () => profile.deliver(userProfileUpdated, { user_id: ann.id, username: 'ann_2', username_revision: 2 }),
      () => follow(profile, ben, ann),
      () => profile.deliver(userDeleted, { user_id: ann.id }),
    ]) {
      await change();
      changes.push(await isForgotten());
    }

    expect(changes).toEqual([true, true, true, true, true]);
  });

  it('do not stay where a slow reader keeps what has changed since', async () => {
    const ann = await register(profile);
    const old = (await profile.ctx.profiles.find(ann.id))!;
    await say(profile, ann, { nickname: 'Annie' });

    await keepProfile(profile.ctx, old);

    expect(await profile.ctx.profileCache.find(ann.id)).toBeUndefined();
    expect(await read(ann.id)).toMatchObject({ nickname: 'Annie' });
  });

  it('do not stay where they have gone since', async () => {
    const ann = await register(profile);
    const old = (await profile.ctx.profiles.find(ann.id))!;
    await profile.deliver(userDeleted, { user_id: ann.id });

    await keepProfile(profile.ctx, old);

    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);
  });
});

describe('without the state store', () => {
  it('profiles are read, written and found all the same', async () => {
    const ann = await register(profile);
    const undo = profile.harness.faults.fail({ on: 'state' });

    await say(profile, ann, { nickname: 'Stateless' });
    const body = await read(ann.id);
    const search = await profile.as().get('/api/profiles?nickname=stateless');

    undo();
    expect(body).toMatchObject({ nickname: 'Stateless' });
    expect(search.body).toMatchObject({ count: 1, results: [{ id: ann.id }] });
  });
});
