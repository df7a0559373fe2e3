import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCreated } from '@commons/contracts';
import { anId, aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aPost, type PostService } from './a-post.ts';

const clock = fakeClock();
let post: PostService;
beforeAll(async () => {
  post = await buildService(service, { clock });
});
afterAll(() => post.stop());

describe('publishing a post', () => {
  it('answers with the post, its author as an id, and tells the others', async () => {
    const alice = aUser();

    const { body, headers } = await post
      .as(alice)
      .post('/api/posts')
      .send({ title: ' Hello ', content: 'World', tags: ['Dapr', ' #dapr', 'Node'], visibility: 'public' })
      .expect(201);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      title: 'Hello',
      content: 'World',
      content_type: 'text',
      image_url: null,
      author: alice.id,
      tags: ['Dapr', 'Node'],
      visibility: 'public',
      created_at: now,
      updated_at: now,
      likes_count: 0,
      comments_count: 0,
      views_count: 0,
    });
    expect(headers).toMatchObject({ location: `/api/posts/${body.id}`, etag: expect.stringMatching(/^"1-/) });
    const events = (await post.published(postCreated)).filter(({ subject }) => subject === body.id);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'PostCreated',
        source: 'post',
        data: {
          v: 1,
          meta: { actor_id: alice.id, ip: '203.0.113.7', user_agent: 'jest' },
          post_id: body.id,
          author_id: alice.id,
          author_username: alice.username,
          title: 'Hello',
          tags: ['Dapr', 'Node'],
          visibility: 'public',
          created_at: now,
          revision: 1,
        },
      }),
    ]);
  });

  it('takes a form as well, with tags repeated or with commas between', async () => {
    const form = post.as(aUser()).post('/api/posts').field('title', 'a').field('content', 'b');

    const { body } = await form
      .field('tags', 'one, two,,')
      .field('tags', 'three')
      .field('content_type', 'markdown')
      .field('visibility', 'private')
      .expect(201);

    expect(body).toMatchObject({
      tags: ['one', 'two', 'three'],
      content_type: 'markdown',
      visibility: 'private',
      image_url: null,
    });
  });

  it.each(['text', 'markdown', 'image', 'link'])('takes the content type %s', async (content_type) => {
    const { body } = await post.as(aUser()).post('/api/posts').send(aPost({ content_type })).expect(201);

    expect(body.content_type).toBe(content_type);
  });

  it('takes what is as long as it may be, counted in characters', async () => {
    const longest = {
      title: '👍'.repeat(255),
      content: 'ж'.repeat(5_000),
      tags: Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(50, 'x')),
    };

    const { body } = await post.as(aUser()).post('/api/posts').send(longest).expect(201);

    expect(body).toMatchObject(longest);
  });

  it('keeps content as it was written', async () => {
    const content = '    indented\n\u0000 \u202e𝔘\ttab <script>';

    const { body } = await post.as(aUser()).post('/api/posts').send(aPost({ content })).expect(201);

    expect(body.content).toBe(content);
    expect((await post.as().get(`/api/posts/${body.id}`).expect(200)).body.content).toBe(content);
  });

  it('bears half a character', async () => {
    const half = '{"title":"\\ud800","content":"\\udc00 x","tags":["\\ud83d"]}';

    const { body } = await post.as(aUser()).post('/api/posts').set('content-type', 'application/json').send(half);

    expect((await post.as().get(`/api/posts/${body.id}`).expect(200)).body).toMatchObject({ content: '\ufffd x' });
  });

  it.each([
    ['no title', { title: undefined }],
    ['null for a title', { title: null }],
    ['an empty title', { title: '' }],
    ['a title of white space', { title: ' \t\u00a0' }],
    ['a title that is too long', { title: 'x'.repeat(256) }],
    ['a title that is a number', { title: 5 }],
    ['no content', { content: undefined }],
    ['empty content', { content: '' }],
    ['blank content', { content: '  \n' }],
    ['content that is too long', { content: 'x'.repeat(5_001) }],
    ['content that is a list', { content: ['x'] }],
    ['content that is an object', { content: { $gt: '' } }],
    ['a content type that there is not', { content_type: 'html' }],
    ['a visibility that there is not', { visibility: 'secret' }],
    ['null for a visibility', { visibility: null }],
    ['tags that are a text', { tags: 'a,b' }],
    ['tags that are numbers', { tags: [1] }],
    ['tags that are objects', { tags: [{}] }],
    ['null for tags', { tags: null }],
    ['11 tags', { tags: Array.from({ length: 11 }, (_, index) => `t${index}`) }],
    ['a tag that is too long', { tags: ['x'.repeat(51)] }],
    ['a tag with a comma', { tags: ['a,b'] }],
    ['a tag with a control character', { tags: ['a\u0000b'] }],
    ['an image that is a text', { image: 'https://example.org/a.png' }],
  ])('refuses %s', async (_, change) => {
    const { body } = await post.as(aUser()).post('/api/posts').send(aPost(change)).expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request', errors: expect.any(Array) });
  });

  it('names every field that is wrong', async () => {
    const { body } = await post.as(aUser()).post('/api/posts').send({ title: 1, visibility: 'x' }).expect(400);

    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['title', 'content', 'visibility']);
  });

  it.each([
    ['no JSON', 'application/json', '{"title":'],
    ['another type', 'text/plain', 'title=a'],
    ['a form of another kind', 'application/x-www-form-urlencoded', 'title=a&content=b'],
    ['an array', 'application/json', '[]'],
    ['a bare null', 'application/json', 'null'],
    ['nothing', 'application/json', ''],
    ['a form without a boundary', 'multipart/form-data', 'x'],
    [
      'a form cut short',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="title"\r\n\r\na',
    ],
  ])('refuses a body of %s', async (_, type, text) => {
    const { body } = await post.as(aUser()).post('/api/posts').set('content-type', type).send(text);

    expect(body).toMatchObject({ status: 400 });
  });

  it('does not let a prototype be polluted', async () => {
    const text =
      '{"title":"a","content":"b","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';

    await post.as(aUser()).post('/api/posts').set('content-type', 'application/json').send(text).expect(201);

    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is for users', async () => {
    await post.as().post('/api/posts').send(aPost()).expect(401);
    await post.as().post('/api/posts').set('authorization', 'Bearer x').send(aPost()).expect(401);
  });

  it('refuses more than 100 kB of JSON', async () => {
    await post
      .as(aUser())
      .post('/api/posts')
      .send(aPost({ content: 'x'.repeat(103_000) }))
      .expect(413);
  });

  it('has one effect for an Idempotency-Key, and refuses it with another body', async () => {
    const alice = aUser();
    const key = anId();
    const body = aPost();
    const send = (sent: object) => post.as(alice).post('/api/posts').set('idempotency-key', key).send(sent);

    const first = await send(body).expect(201);
    const second = await send(body).expect(201);
    await send(aPost()).expect(422);

    expect(second.body).toEqual(first.body);
    const { body: list } = await post.as(alice).get(`/api/posts?author_id=${alice.id}`).expect(200);
    expect(list.count).toBe(1);
  });

  it('bears one author who publishes 20 posts at once', async () => {
    const alice = aUser();

    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post
          .as(alice)
          .post('/api/posts')
          .send(aPost({ tags: ['same'] })),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const { body } = await post.as(alice).get(`/api/posts?author_id=${alice.id}`).expect(200);
    expect(body.count).toBe(20);
  });
});
