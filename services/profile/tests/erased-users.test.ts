import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  subscriptionRemoved,
  userDataErased,
  userDeleted,
  userProfileUpdated,
  userRegistered,
} from '@commons/contracts';
import { anId, aUser, startAzurite, until, type Azurite, type TestUser } from '@commons/platform/testing';
import sharp from 'sharp';
import { accountOf, buildProfile, followOf, register, registrationOf, say, type ProfileService } from './a-profile.ts';

let azurite: Azurite;
let secrets: Record<string, string>;
let profile: ProfileService;
beforeAll(async () => {
  azurite = await startAzurite();
  secrets = { 'blob-connection-string': azurite.connectionString };
  profile = await buildProfile({ secrets });
});
afterAll(async () => {
  await profile.stop();
  await azurite.stop();
});

const erased = async (of: ProfileService, userId: string) =>
  (await of.published(userDataErased)).filter(({ subject }) => subject === userId).map(({ data }) => data);
const isReported = (userId: string) => until(async () => (await erased(profile, userId)).length > 0);
const picture = () =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** Somebody of whom much is known. */
async function somebody(of: ProfileService): Promise<{ ann: TestUser; blobs: string[] }> {
  const ann = await register(of);
  await say(of, ann, { nickname: `Nick ${ann.username}`, bio: 'Bakes.' });
  await of
    .as(ann)
    .post(`/api/profiles/${ann.id}/avatar`)
    .attach('avatar', await picture(), 'me.png')
    .expect(200);
  const { name, thumbnail } = (await of.ctx.profiles.find(ann.id))!.avatar!;
  return { ann, blobs: [name, thumbnail] };
}

describe('a user who is deleted', () => {
  it('takes profile, names and avatar along, and is reported once', async () => {
    const { ann, blobs } = await somebody(profile);
    await profile.as().get(`/api/profiles/${ann.id}`).expect(200);

    await profile.deliver(userDeleted, { user_id: ann.id }, { times: 3 });

    await isReported(ann.id);
    expect(await erased(profile, ann.id)).toEqual([
      { v: 1, user_id: ann.id, service: 'profile', meta: { actor_id: null, ip: null, user_agent: null } },
    ]);
    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);
    await profile.as().get(`/api/profiles/${ann.id}/avatar`).expect(404);
    for (const query of [`nickname=nick ${ann.username}`, `q=${ann.username}`, `ids=${ann.id}`])
      expect((await profile.as().get(`/api/profiles?${query}`).expect(200)).body).toMatchObject({ count: 0 });
    for (const blob of blobs) expect(await profile.ctx.avatars.get(blob)).toBeUndefined();
    const left = await profile.ctx.db.collection('profiles').findOne({ username: '', erased_at: { $ne: null } });
    expect(JSON.stringify(left)).not.toMatch(/Bakes|Nick|user\d/);
  });

  it('is not brought back by what comes late', async () => {
    const ann = await register(profile);
    await profile.deliver(userDeleted, { user_id: ann.id });
    const ben = await register(profile);

    await profile.deliver(userRegistered, registrationOf(ann));
    await profile.deliver(userProfileUpdated, { user_id: ann.id, username: 'back', username_revision: 9 });
    const end = followOf(ben, ann, { revision: 2, followers_count: 4, followers_revision: 9 });
    await profile.deliver(subscriptionRemoved, { ...end, was_pending: false });
    profile.accounts.set(ann.id, accountOf(ann));

    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);
    await profile.as(ann).put(`/api/profiles/${ann.id}`).send({ nickname: 'Back' }).expect(404);
    expect((await profile.as().get('/api/profiles?q=back')).body).toMatchObject({ count: 0 });
    const [kept] = await profile.ctx.followCounts
      .list({ limit: 1_000 })
      .then((all) => all.filter(({ user_id }) => user_id === ann.id));
    expect(kept).toBeUndefined();
  });

  it('may be one of whom nothing was known', async () => {
    const ann = aUser();

    await profile.deliver(userDeleted, { user_id: ann.id }, { times: 2 });
    await profile.deliver(userRegistered, registrationOf(ann));

    await isReported(ann.id);
    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);
  });

  it('leaves nothing behind that was written at the same time', async () => {
    const ann = await register(profile);
    const image = await picture();
    const uploads = () => profile.as(ann).post(`/api/profiles/${ann.id}/avatar`).attach('avatar', image, 'me.png');

    const answers = await Promise.all([
      ...Array.from({ length: 4 }, uploads),
      ...Array.from({ length: 4 }, (_, index) =>
        profile
          .as(ann)
          .put(`/api/profiles/${ann.id}`)
          .send({ nickname: `Late ${index}` }),
      ),
      profile.deliver(userDeleted, { user_id: ann.id }),
    ]);

    expect(answers.every((answer) => answer === undefined || [200, 404].includes(answer.status))).toBe(true);
    await isReported(ann.id);
    await profile.as().get(`/api/profiles/${ann.id}`).expect(404);
    expect((await profile.as().get('/api/profiles?nickname=late')).body).toMatchObject({ count: 0 });
    await until(async () => (await profile.ctx.db.collection('image_removals').countDocuments()) === 0);
  });

  it('is not reported while the bytes of the avatar are there, and is after a crash', async () => {
    const halted = await buildProfile({ secrets });
    const { ann, blobs } = await somebody(halted);
    await Promise.all([halted.ctx.jobs.stop(), halted.ctx.avatarBacklog.stop()]);
    await halted.deliver(userDeleted, { user_id: ann.id });
    expect(await erased(halted, ann.id)).toEqual([]);

    const successor = await buildProfile({
      secrets,
      environment: { DATABASE_PREFIX: halted.ctx.config.DATABASE_PREFIX },
    });

    await until(async () => (await erased(successor, ann.id)).length === 1);
    for (const blob of blobs) expect(await successor.ctx.avatars.get(blob)).toBeUndefined();
    await successor.stop();
    await halted.stop();
  });

  it('needs no more than an id', async () => {
    const id = anId();

    await profile.deliver(userDeleted, { user_id: id });

    await isReported(id);
  });
});
