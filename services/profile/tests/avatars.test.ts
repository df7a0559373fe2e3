import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userProfileUpdated } from '@commons/contracts';
import {
  anAdmin,
  anId,
  aUser,
  PUBLIC_URL,
  startAzurite,
  until,
  type Azurite,
  type TestUser,
} from '@commons/platform/testing';
import sharp from 'sharp';
import { accountOf, block, buildProfile, register, say, setUp, shortOf, type ProfileService } from './a-profile.ts';

let azurite: Azurite;
let profile: ProfileService;
beforeAll(async () => {
  azurite = await startAzurite();
  profile = await buildProfile({ secrets: { 'blob-connection-string': azurite.connectionString } });
});
afterAll(async () => {
  await profile.stop();
  await azurite.stop();
});

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });
const aJpeg = (width = 600, height = 400) => red(width, height).jpeg().toBuffer();
const aPng = () => red(300, 300).png().toBuffer();

const path = ({ id }: { id: string }) => `/api/profiles/${id}/avatar`;
const upload = async (user: TestUser | undefined, of: { id: string }, image: Buffer | Promise<Buffer>) =>
  profile
    .as(user)
    .post(path(of))
    .attach('avatar', await image, 'me.jpg');
const pending = () => profile.ctx.db.collection('image_removals').countDocuments();
const avatarOf = async ({ id }: { id: string }) => (await profile.ctx.profiles.find(id))!.avatar!;
const told = async ({ id }: { id: string }) =>
  (await profile.published(userProfileUpdated)).filter(({ subject }) => subject === id).map(({ data }) => data);

describe('an avatar', () => {
  it('is set by its owner, and served to everybody in full and as a small square', async () => {
    const ann = await register(profile);
    await setUp(profile, ann, { profile_visibility: 'private' });

    const { status, body } = await upload(ann, ann, aJpeg());

    const address = `${PUBLIC_URL}/api/profiles/${ann.id}/avatar`;
    expect({ status, body }).toEqual({
      status: 200,
      body: { avatar_url: address, avatar_thumbnail_url: `${address}?size=thumb` },
    });
    expect((await profile.as().get(`/api/profiles/${ann.id}`)).body).toEqual(shortOf(ann, { avatar_url: address }));
    const { name, thumbnail } = await avatarOf(ann);
    for (const [query, tag, width, height] of [
      ['', name, 600, 400],
      ['?size=original', name, 600, 400],
      ['?size=thumb', thumbnail, 200, 200],
    ] as const) {
      const served = await profile
        .as()
        .get(`${path(ann)}${query}`)
        .expect(200);
      expect(served.headers).toMatchObject({
        ...{ 'content-type': 'image/jpeg', 'cache-control': 'public, no-cache' },
        ...{ 'accept-ranges': 'bytes', etag: `"${tag}"` },
      });
      expect(await sharp(served.body as Buffer).metadata()).toMatchObject({ format: 'jpeg', width, height });
    }
    expect(await pending()).toBe(0);
  });

  it('is told of to who keeps it, by its path', async () => {
    const ann = await register(profile);

    await upload(ann, ann, aPng());
    await profile.as(ann).delete(path(ann)).expect(204);

    expect((await told(ann)).map(({ avatar_url, revision }) => ({ avatar_url, revision }))).toEqual([
      { avatar_url: `/api/profiles/${ann.id}/avatar`, revision: 2 },
      { avatar_url: null, revision: 3 },
    ]);
  });

  it('is known by its content, turned the right way up, and says nothing of where it was taken', async () => {
    const ann = await register(profile);
    const taken = await red(8, 4)
      .withExif({ IFD0: { Copyright: 'secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();

    await upload(ann, ann, taken);

    for (const query of ['', '?size=thumb']) {
      const { body, headers } = await profile
        .as()
        .get(`${path(ann)}${query}`)
        .expect(200);
      const { format, exif, orientation } = await sharp(body as Buffer).metadata();
      expect({ type: headers['content-type'], format, exif, orientation }).toEqual({
        ...{ type: 'image/png', format: 'png', exif: undefined, orientation: undefined },
      });
    }
    const { body } = await profile.as().get(path(ann));
    expect(await sharp(body as Buffer).metadata()).toMatchObject({ width: 4, height: 8 });
  });

  it('is answered with 304 and in ranges', async () => {
    const ann = await register(profile);
    await upload(ann, ann, aPng());
    const whole = await profile.as().get(path(ann)).expect(200);
    const bytes = whole.body as Buffer;

    await profile.as().get(path(ann)).set('if-none-match', whole.headers['etag']!).expect(304);
    const part = await profile.as().get(path(ann)).set('range', 'bytes=0-9').expect(206);
    await profile.as().get(path(ann)).set('range', `bytes=${bytes.length}-`).expect(416);

    expect(part.headers['content-range']).toBe(`bytes 0-9/${bytes.length}`);
    expect(part.body as Buffer).toEqual(bytes.subarray(0, 10));
  });

  it('is replaced by another, and the old one goes', async () => {
    const ann = await register(profile);
    await upload(ann, ann, aJpeg());
    const old = await avatarOf(ann);

    await upload(ann, ann, aPng());

    const { headers } = await profile.as().get(path(ann)).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'image/png', etag: `"${(await avatarOf(ann)).name}"` });
    for (const name of [old.name, old.thumbnail])
      await until(async () => (await profile.ctx.avatars.get(name)) === undefined);
    await until(async () => (await pending()) === 0);
  });

  it('goes when its owner takes it away, once', async () => {
    const ann = await register(profile);
    await upload(ann, ann, aJpeg());
    const { name, thumbnail } = await avatarOf(ann);

    await profile.as(ann).delete(path(ann)).expect(204);

    const { body } = await profile.as(ann).delete(path(ann)).expect(404);
    expect(body).toMatchObject({ code: 'avatar_not_found' });
    expect((await profile.as().get(`/api/profiles/${ann.id}`)).body).toMatchObject({ avatar_url: null });
    expect((await profile.as().get(path(ann)).expect(404)).body).toMatchObject({ code: 'avatar_not_found' });
    for (const blob of [name, thumbnail]) await until(async () => (await profile.ctx.avatars.get(blob)) === undefined);
  });

  it('stays when the rest is written anew', async () => {
    const ann = await register(profile);
    await upload(ann, ann, aJpeg());

    const { body } = await say(profile, ann, { nickname: 'Annie' });

    expect(body.avatar_url).toBe(`${PUBLIC_URL}/api/profiles/${ann.id}/avatar`);
  });

  it("is its owner's alone to change, and nothing is kept of what others send", async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    await upload(ann, ann, aJpeg());
    await block(profile, ann, ben);

    expect((await upload(undefined, ann, aPng())).status).toBe(401);
    await profile.as().delete(path(ann)).expect(401);
    for (const [user, status] of [
      [aUser(), 403],
      [anAdmin(), 403],
      [ben, 404],
    ] as const) {
      expect((await upload(user, ann, aPng())).status).toBe(status);
      await profile.as(user).delete(path(ann)).expect(status);
    }
    expect((await upload(ann, { id: anId() }, aPng())).status).toBe(404);
    expect(await pending()).toBe(0);
    await profile.as().get(path(ann)).expect(200);
  });

  it('can be set by somebody who has just registered, with an Idempotency-Key once', async () => {
    const ann = aUser();
    profile.accounts.set(ann.id, accountOf(ann));
    const image = await aPng();
    const send = () =>
      profile.as(ann).post(path(ann)).set('idempotency-key', 'one').attach('avatar', image, 'me.png').expect(200);

    const first = await send();
    const again = await send();

    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await told(ann)).map(({ revision }) => revision)).toEqual([2]);
  });

  it.each([
    ['a text', () => Promise.resolve(Buffer.from('no image at all')), 415, 'image_unsupported'],
    ['nothing', () => Promise.resolve(Buffer.alloc(0)), 415, 'image_unsupported'],
    ['a gif', () => red(2, 2).gif().toBuffer(), 415, 'image_unsupported'],
    ['a webp', () => red(2, 2).webp().toBuffer(), 415, 'image_unsupported'],
    [
      'an svg',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      415,
      'image_unsupported',
    ],
    ['half a png', async () => (await noise(200, 200).png().toBuffer()).subarray(0, 3_000), 415, 'image_broken'],
    ['51 megapixels', () => red(10_200, 5_000).png().toBuffer(), 422, 'image_too_many_pixels'],
    ['over 5 MB', async () => Buffer.concat([await aJpeg(), Buffer.alloc(5 * 1024 * 1024)]), 413, 'content_too_large'],
  ])('is not %s', async (_, image, status, code) => {
    const ann = await register(profile);

    const refusal = await upload(ann, ann, image());

    expect(refusal.body).toMatchObject({ status, code });
    expect(await pending()).toBe(0);
    await profile.as().get(path(ann)).expect(404);
  });

  it('comes in a form, alone and in its field', async () => {
    const [ann, image] = [await register(profile), await aPng()];
    const form = () => profile.as(ann).post(path(ann));

    const missing = await form().field('x', 'y').expect(400);
    expect(missing.body).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'avatar', message: 'is missing' }],
    });
    await form().field('avatar', 'text').expect(400);
    await form().attach('photo', image, 'me.png').expect(400);
    await form().attach('avatar', image, 'a.png').attach('avatar', image, 'b.png').expect(400);
    await form().send({ avatar: 'data:image/png;base64,AA==' }).expect(415);
    await form().set('content-type', 'image/png').send(image).expect(415);
  });

  it('is asked for in one of its sizes', async () => {
    const ann = await register(profile);

    await profile
      .as()
      .get(`${path(ann)}?size=huge`)
      .expect(400);
    await profile
      .as()
      .get(path({ id: 'ann' }))
      .expect(400);
    expect(
      (
        await profile
          .as()
          .get(path({ id: anId() }))
          .expect(404)
      ).body,
    ).toMatchObject({ code: 'profile_not_found' });
  });

  it('goes when a crash left it without a profile', async () => {
    await profile.ctx.imageRemovals.reserve('left-behind.png', new Date(Date.now() - 1));
    await profile.ctx.avatars.put('left-behind.png', await aPng(), 'image/png');

    profile.ctx.avatarBacklog.wake();

    await until(async () => (await profile.ctx.avatars.get('left-behind.png')) === undefined);
    await until(async () => (await pending()) === 0);
  });
});

describe('without the storage of avatars', () => {
  it('profiles are served and written, and avatars answer 503', async () => {
    const lonely = await buildProfile();
    const ann = await register(lonely);

    await say(lonely, ann, { nickname: 'Annie' });
    const { body } = await lonely
      .as(ann)
      .post(path(ann))
      .attach('avatar', await aPng(), 'me.png')
      .expect(503);

    expect(body).toMatchObject({ status: 503, code: 'service_unavailable' });
    expect((await lonely.as().get(`/api/profiles/${ann.id}`)).body).toMatchObject({
      nickname: 'Annie',
      avatar_url: null,
    });
    await lonely.stop();
  });
});

/** An image that does not compress: half of it is still a file of some size. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });
