import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anAdmin,
  anId,
  aUser,
  buildService,
  PUBLIC_URL,
  startAzurite,
  until,
  type Azurite,
} from '@commons/platform/testing';
import sharp from 'sharp';
import { service } from '../src/service.ts';
import { aPost, publish, type PostService } from './a-post.ts';

let azurite: Azurite;
let post: PostService;
beforeAll(async () => {
  azurite = await startAzurite();
  post = await buildService(service, { secrets: { 'blob-connection-string': azurite.connectionString } });
});
afterAll(async () => {
  await post.stop();
  await azurite.stop();
});

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });
const aJpeg = () => red(8, 4).jpeg().toBuffer();
const aPng = () => red(8, 4).png().toBuffer();

/** Publishes a post with an image, by a form. */
async function publishImage(author: ReturnType<typeof aUser>, image: Buffer, fields: Record<string, string> = {}) {
  const request = post.as(author).post('/api/posts').field('title', 'Seen').field('content', 'Look').field(fields);
  return (await request.attach('image', image, 'photo.jpg').expect(201)).body as { id: string; image_url: string };
}

const pending = () => post.ctx.db.collection('image_removals').countDocuments();
const imageOf = async (id: string) => (await post.ctx.posts.find(id))!.image!.name;

describe('the image of a post', () => {
  it('comes with a form and is served at its address', async () => {
    const alice = aUser();

    const { id, image_url } = await publishImage(alice, await aJpeg(), { tags: 'a, b', visibility: 'public' });

    expect(image_url).toBe(`${PUBLIC_URL}/api/posts/${id}/image`);
    const { body, headers } = await post.as().get(`/api/posts/${id}/image`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, no-cache',
      'accept-ranges': 'bytes',
      etag: `"${await imageOf(id)}"`,
    });
    expect(await sharp(body as Buffer).metadata()).toMatchObject({ format: 'jpeg', width: 8, height: 4 });
    expect(await pending()).toBe(0);
  });

  it('is known by its content, not by its name', async () => {
    const { id } = await publishImage(aUser(), await aPng());

    const { headers } = await post.as().get(`/api/posts/${id}/image`).expect(200);

    expect(headers['content-type']).toBe('image/png');
  });

  it('is turned the right way up and says nothing of where it was taken', async () => {
    const taken = await red(8, 4)
      .withExif({ IFD0: { Copyright: 'secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();

    const { id } = await publishImage(aUser(), taken);

    const { body } = await post.as().get(`/api/posts/${id}/image`).expect(200);
    const { width, height, exif, orientation } = await sharp(body as Buffer).metadata();
    expect({ width, height, exif, orientation }).toEqual({
      width: 4,
      height: 8,
      exif: undefined,
      orientation: undefined,
    });
  });

  it('is answered with 304 and in ranges', async () => {
    const { id } = await publishImage(aUser(), await aPng());
    const path = `/api/posts/${id}/image`;
    const whole = await post.as().get(path).expect(200);
    const bytes = whole.body as Buffer;

    await post.as().get(path).set('if-none-match', whole.headers['etag']!).expect(304);
    const part = await post.as().get(path).set('range', 'bytes=0-9').expect(206);
    const outside = await post.as().get(path).set('range', `bytes=${bytes.length}-`).expect(416);

    expect(part.headers['content-range']).toBe(`bytes 0-9/${bytes.length}`);
    expect(part.body as Buffer).toEqual(bytes.subarray(0, 10));
    expect(outside.headers['content-range']).toBe(`bytes */${bytes.length}`);
  });

  it('is as visible as the post', async () => {
    const alice = aUser();
    const { id } = await publishImage(alice, await aPng(), { visibility: 'private' });
    const path = `/api/posts/${id}/image`;

    await post.as().get(path).expect(404);
    await post.as(aUser()).get(path).expect(404);
    const own = await post.as(alice).get(path).expect(200);
    await post.as(anAdmin()).get(path).expect(200);

    expect(own.headers['cache-control']).toBe('private, no-cache');
  });

  it('is a 404 where there is none', async () => {
    const id = await publish(post, aUser());

    expect((await post.as().get(`/api/posts/${id}/image`).expect(404)).body).toMatchObject({ code: 'image_not_found' });
    expect((await post.as().get(`/api/posts/${anId()}/image`).expect(404)).body).toMatchObject({
      code: 'post_not_found',
    });
    await post.as().get('/api/posts/x/image').expect(400);
  });

  it.each([
    ['a text', () => Promise.resolve(Buffer.from('no image at all')), 'image_unsupported'],
    ['nothing', () => Promise.resolve(Buffer.alloc(0)), 'image_unsupported'],
    ['a gif', () => red(2, 2).gif().toBuffer(), 'image_unsupported'],
    ['a webp', () => red(2, 2).webp().toBuffer(), 'image_unsupported'],
    [
      'an svg',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      'image_unsupported',
    ],
    ['half a png', async () => (await noise(200, 200).png().toBuffer()).subarray(0, 3_000), 'image_broken'],
    ['51 megapixels', () => red(10_200, 5_000).png().toBuffer(), 'image_too_many_pixels'],
  ])('is not %s', async (_, image, code) => {
    const request = post.as(aUser()).post('/api/posts').field('title', 'a').field('content', 'b');

    const { body } = await request.attach('image', await image(), 'image.png').expect(400);

    expect(body).toMatchObject({ status: 400, code, errors: [{ path: 'image' }] });
    expect(await pending()).toBe(0);
  });

  it('has at most 5 MB', async () => {
    const image = Buffer.concat([await aJpeg(), Buffer.alloc(5 * 1024 * 1024)]);
    const request = post.as(aUser()).post('/api/posts').field('title', 'a').field('content', 'b');

    const { body } = await request.attach('image', image, 'image.jpg').expect(413);

    expect(body).toMatchObject({ status: 413, code: 'content_too_large' });
  });

  it('comes alone and in its own field', async () => {
    const image = await aPng();
    const form = () => post.as(aUser()).post('/api/posts').field('title', 'a').field('content', 'b');

    await form().attach('photo', image, 'image.png').expect(400);
    await form().attach('image', image, 'a.png').attach('image', image, 'b.png').expect(400);
    await post
      .as(aUser())
      .post('/api/posts')
      .send(aPost({ image: 'data:image/png;base64,AA==' }))
      .expect(400);
  });

  it('is replaced by another, and the old one goes', async () => {
    const alice = aUser();
    const { id } = await publishImage(alice, await aJpeg());
    const old = await imageOf(id);

    const { body } = await post
      .as(alice)
      .patch(`/api/posts/${id}`)
      .attach('image', await aPng(), 'b.png')
      .expect(200);

    expect(body.image_url).toBe(`${PUBLIC_URL}/api/posts/${id}/image`);
    const { headers } = await post.as().get(`/api/posts/${id}/image`).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'image/png', etag: `"${await imageOf(id)}"` });
    await until(async () => (await post.ctx.images.get(old)) === undefined);
    await until(async () => (await pending()) === 0);
  });

  it('stays when the rest is written anew, and goes when it is taken away', async () => {
    const alice = aUser();
    const { id } = await publishImage(alice, await aJpeg());
    const name = await imageOf(id);

    const kept = await post.as(alice).put(`/api/posts/${id}`).send(aPost()).expect(200);
    const removed = await post
      .as(alice)
      .put(`/api/posts/${id}`)
      .send(aPost({ image: null }))
      .expect(200);

    expect([kept.body.image_url, removed.body.image_url]).toEqual([`${PUBLIC_URL}/api/posts/${id}/image`, null]);
    await post.as().get(`/api/posts/${id}/image`).expect(404);
    await until(async () => (await post.ctx.images.get(name)) === undefined);
  });

  it('goes with the post', async () => {
    const alice = aUser();
    const { id } = await publishImage(alice, await aJpeg());
    const name = await imageOf(id);

    await post.as(alice).delete(`/api/posts/${id}`).expect(204);

    await until(async () => (await post.ctx.images.get(name)) === undefined);
    await until(async () => (await pending()) === 0);
  });

  it('is not kept where the change is refused after it was stored', async () => {
    const { id } = await publishImage(aUser(), await aJpeg());

    await post
      .as(aUser())
      .patch(`/api/posts/${id}`)
      .attach('image', await aPng(), 'b.png')
      .expect(403);

    expect(await pending()).toBe(0);
  });

  it('goes when a crash left it without a post', async () => {
    await post.ctx.imageRemovals.reserve('left-behind.png', new Date(Date.now() - 1));
    await post.ctx.images.put('left-behind.png', await aPng(), 'image/png');

    post.ctx.imageBacklog.wake();

    await until(async () => (await post.ctx.images.get('left-behind.png')) === undefined);
    await until(async () => (await pending()) === 0);
  });
});

describe('without the storage of images', () => {
  it('posts are served and written, and images answer 503', async () => {
    const lonely: PostService = await buildService(service);
    const alice = aUser();
    const id = await publish(lonely, alice);

    await lonely.as().get(`/api/posts/${id}`).expect(200);
    const request = lonely.as(alice).post('/api/posts').field('title', 'a').field('content', 'b');
    const { body } = await request.attach('image', await aPng(), 'image.png').expect(503);

    expect(body).toMatchObject({ code: 'service_unavailable' });
    await lonely.stop();
  });
});

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });
