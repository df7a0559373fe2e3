import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userProfileUpdated, userRegistered } from '@commons/contracts';
import { anId, aUser } from '@commons/platform/testing';
import {
  accountOf,
  buildProfile,
  CREATED_AT,
  register,
  registrationOf,
  wholeOf,
  type ProfileService,
} from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const read = async (id: string) => (await profile.as().get(`/api/profiles/${id}`).expect(200)).body;

describe('a profile', () => {
  it('is there once somebody has registered, however often that is told', async () => {
    const ann = aUser();

    await profile.deliver(userRegistered, registrationOf(ann), { times: 2 });
    await profile.deliver(userRegistered, registrationOf(ann));

    expect(await read(ann.id)).toEqual(wholeOf(ann));
    expect(await profile.ctx.db.collection('profiles').countDocuments({ username: ann.username })).toBe(1);
  });

  it('follows the names that its owner has in `auth`', async () => {
    const ann = await register(profile);

    const names = { username: 'ann_new', first_name: 'Anna', last_name: 'Li' };
    await profile.deliver(userProfileUpdated, { user_id: ann.id, ...names, username_revision: 2 }, { times: 2 });

    expect(await read(ann.id)).toEqual(wholeOf(ann, { ...names, updated_at: expect.any(String) }));
  });

  it('never steps back to an older name', async () => {
    const ann = await register(profile);
    const rename = (username: string, username_revision: number) =>
      profile.deliver(userProfileUpdated, { user_id: ann.id, username, username_revision });

    await rename('newest', 3);
    await rename('older', 2);
    await profile.deliver(userRegistered, registrationOf(ann));

    expect(await read(ann.id)).toMatchObject({ username: 'newest' });
  });

  it('is made with the latest name where that is told before the registration', async () => {
    const ann = aUser();
    const names = { username: 'renamed', first_name: 'Anna', last_name: 'Li' };
    await profile.deliver(userProfileUpdated, { user_id: ann.id, ...names, username_revision: 2 });
    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);

    await profile.deliver(userRegistered, registrationOf(ann));

    expect(await read(ann.id)).toEqual(wholeOf(ann, names));
  });

  it('takes no notice of what it told of itself', async () => {
    const ann = await register(profile);

    await profile.deliver(userProfileUpdated, {
      user_id: ann.id,
      nickname: 'Annie',
      visibility: 'private',
      revision: 9,
    });

    expect(await read(ann.id)).toEqual(wholeOf(ann));
  });
});

describe('the profile of somebody who has just registered', () => {
  it('is there before the event of it has come, and is the same afterwards', async () => {
    const ann = aUser();
    profile.accounts.set(ann.id, accountOf(ann));

    const early = await read(ann.id);
    await profile.deliver(userRegistered, registrationOf(ann));

    expect(early).toEqual(wholeOf(ann));
    expect(await read(ann.id)).toEqual(early);
  });

  it('can be changed before the event of it has come', async () => {
    const ann = aUser();
    profile.accounts.set(ann.id, accountOf(ann));

    await profile.as(ann).put(`/api/profiles/${ann.id}`).send({ nickname: 'Annie' }).expect(200);
    await profile.deliver(userRegistered, registrationOf(ann));

    expect(await read(ann.id)).toMatchObject({ nickname: 'Annie' });
  });

  it('is made once, however many ask at the same time', async () => {
    const ann = aUser();
    profile.accounts.set(ann.id, accountOf(ann));

    const answers = await Promise.all(Array.from({ length: 8 }, () => read(ann.id)));

    expect(answers).toEqual(Array.from({ length: 8 }, () => wholeOf(ann)));
  });

  it('was made when their id was, where `auth` does not say', async () => {
    const ann = aUser({ id: `${(Date.parse(CREATED_AT) / 1_000).toString(16)}${anId().slice(8)}` });
    const { created_at: _, ...account } = accountOf(ann);
    profile.accounts.set(ann.id, account);

    expect(await read(ann.id)).toEqual(wholeOf(ann));
  });

  it('is not there where nobody knows them, or they have gone', async () => {
    const gone = aUser();
    profile.accounts.set(gone.id, accountOf(gone, { username: '', status: 'deleted' }));

    for (const id of [anId(), gone.id]) {
      const { body } = await profile.as().get(`/api/profiles/${id}`).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'profile_not_found' });
    }
  });

  it('cannot be told from one who is not there while `auth` is away: 503', async () => {
    const ann = await register(profile);
    const undo = profile.harness.faults.fail({ on: 'invocation' });

    const { body } = await profile.as().get(`/api/profiles/${anId()}`);
    const known = await profile.as().get(`/api/profiles/${ann.id}`);

    undo();
    expect(body).toMatchObject({ status: 503 });
    expect(known.status).toBe(200);
  });
});
