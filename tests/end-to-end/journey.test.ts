import { describe, expect, it } from '@jest/globals';
import type { Account } from './support/client.ts';
import { FORGETTING, servicesThatForgot } from './support/erasure.ts';
import { eventually } from './support/eventually.ts';
import { multipart } from './support/multipart.ts';
import { noiseImage } from './support/noise-image.ts';
import { onePlatform } from './support/one-platform.ts';
import { openSocket } from './support/socket.ts';

const { api, url } = onePlatform();

const aPost = async (author: Account, fields: object = {}): Promise<string> => {
  const { status, body } = await api.send('POST', '/api/posts', {
    as: author,
    body: { title: 'A walk', content: 'By the river.', ...fields },
  });
  expect(status).toBe(201);
  return body.id as string;
};

describe('the platform', () => {
  it('is ready, every part by name', async () => {
    const { status, body } = await api.send('GET', '/readyz');

    expect(status).toBe(200);
    expect(Object.keys(body.parts)).toEqual(
      expect.arrayContaining(['auth', 'post', 'comment', 'like', 'notification', 'realtime']),
    );
  });

  it('carries a like from the click to the author: count, likers, notification, socket', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const postId = await aPost(alice);
    const socket = await openSocket(url(), alice.token);

    const { status, body } = await api.send('POST', `/api/posts/${postId}/like`, { as: bob });

    expect([status, body]).toEqual([
      200,
      { post_id: postId, liked: true, likes_count: 1, message: expect.any(String) },
    ]);
    const pushed = await socket.frame(({ type }) => type === 'notification.created');
    expect(pushed.data).toMatchObject({ type: 'LIKE', read: false, data: { post_id: postId, actor_id: bob.id } });
    const post = await eventually(
      () => api.send('GET', `/api/posts/${postId}`),
      (reply) => reply.body.likes_count === 1,
    );
    expect(post.body.likes).toEqual([{ user_id: bob.id, username: bob.username }]);
    const { body: list } = await api.send('GET', '/api/notifications', { as: alice });
    expect(list).toEqual([pushed.data]);
    expect((await api.send('GET', '/api/notifications/unread-count', { as: alice })).body).toEqual({ count: 1 });
    socket.close();
  });

  it('tells the author of a comment and a commenter of a reply, and counts both', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const postId = await aPost(alice);

    const first = await api.send('POST', '/api/comments', {
      as: bob,
      body: { post_id: postId, content: 'Which river?' },
    });
    const reply = await api.send('POST', '/api/comments', {
      as: alice,
      body: { post_id: postId, content: 'The long one.', parent: first.body.id },
    });

    expect([first.status, reply.status]).toEqual([201, 201]);
    await eventually(
      () => api.send('GET', `/api/posts/${postId}`),
      ({ body }) => body.comments_count === 2,
    );
    const typesOf = async (account: Account) =>
      (await api.send('GET', '/api/notifications', { as: account })).body.map(
        ({ type }: { type: string }) => type,
      ) as string[];
    expect(
      await eventually(
        () => typesOf(alice),
        (types) => types.length === 1,
      ),
    ).toEqual(['COMMENT']);
    expect(
      await eventually(
        () => typesOf(bob),
        (types) => types.length === 1,
      ),
    ).toEqual(['REPLY']);
  });

  it('counts 50 likes at once as exactly 50, and tells the author in one notification', async () => {
    const author = await api.register();
    const postId = await aPost(author);
    const fans = await Promise.all(Array.from({ length: 50 }, () => api.register()));

    const replies = await Promise.all(fans.map((fan) => api.send('POST', `/api/posts/${postId}/like`, { as: fan })));

    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(replies.map(({ body }) => body.likes_count as number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    await eventually(
      () => api.send('GET', `/api/posts/${postId}`),
      ({ body }) => body.likes_count === 50 && body.likes.length === 50,
    );
    const told = await eventually(
      () => api.send('GET', '/api/notifications', { as: author }),
      ({ body }) => body.length === 1 && /49 others/.test(body[0].message as string),
    );
    expect(told.body).toHaveLength(1);
  }, 60_000);

  it('ends a session everywhere after the logout, the open socket included', async () => {
    const alice = await api.register();
    const socket = await openSocket(url(), alice.token);
    expect((await api.send('GET', '/api/notifications', { as: alice })).status).toBe(200);

    expect((await api.send('POST', '/api/auth/logout', { as: alice })).status).toBe(204);

    expect((await api.send('GET', '/api/auth/me', { as: alice })).status).toBe(401);
    const paths = ['/api/notifications', '/api/likes', '/api/posts', `/api/comments?post_id=${'0'.repeat(24)}`];
    for (const path of paths) {
      const { body } = await eventually(
        () => api.send('GET', path, { as: alice }),
        ({ status }) => status === 401,
      );
      expect(body.code).toBe('token_revoked');
    }
    expect(await socket.closed).toBe(4001);
  });

  it('spends a refresh token, and ends the session when it is used again', async () => {
    const alice = await api.register();

    const fresh = await api.send('POST', '/api/auth/refresh', { body: { refresh_token: alice.refreshToken } });
    const again = await api.send('POST', '/api/auth/refresh', { body: { refresh_token: alice.refreshToken } });
    const after = await api.send('POST', '/api/auth/refresh', {
      body: { refresh_token: fresh.body.refresh_token as string },
    });

    expect([fresh.status, again.status, after.status]).toEqual([200, 401, 401]);
  });

  it('carries a new username to what the user has written', async () => {
    const alice = await api.register();
    const postId = await aPost(alice);
    await api.send('POST', '/api/comments', { as: alice, body: { post_id: postId, content: 'Mine.' } });
    const renamed = `${alice.username}x`;

    expect((await api.send('PATCH', '/api/auth/me', { as: alice, body: { username: renamed } })).status).toBe(200);

    await eventually(
      () => api.send('GET', `/api/posts/${postId}`),
      ({ body }) => body.author.username === renamed,
    );
    await eventually(
      () => api.send('GET', `/api/comments?post_id=${postId}`),
      ({ body }) => body[0].author.username === renamed,
    );
  });

  it('removes a deleted user from every service', async () => {
    const [alice, bob] = await Promise.all([api.register(), api.register()]);
    const [hers, his] = await Promise.all([aPost(alice), aPost(bob)]);
    await api.send('POST', `/api/posts/${his}/like`, { as: alice });
    await api.send('POST', '/api/comments', { as: alice, body: { post_id: his, content: 'Hello.' } });
    await eventually(
      () => api.send('GET', `/api/posts/${his}`),
      ({ body }) => body.likes_count === 1 && body.comments_count === 1,
    );

    expect((await api.send('DELETE', '/api/auth/me', { as: alice, body: { password: alice.password } })).status).toBe(
      202,
    );

    await eventually(
      () => api.send('GET', `/api/posts/${hers}`),
      ({ status }) => status === 404,
    );
    await eventually(
      () => api.send('GET', `/api/posts/${his}`),
      ({ body }) => body.likes_count === 0 && body.comments_count === 0,
    );
    expect(await servicesThatForgot(api, alice.id)).toEqual(FORGETTING);
  });

  it('answers to the names that clients of earlier systems use', async () => {
    const name = `old${Date.now()}`;
    const made = await api.send('POST', '/reg', {
      body: { username: name, email: `${name}@example.com`, password: 'a long enough password' },
    });
    const entered = await api.send('POST', '/api/users/login/', {
      body: { username: name, password: 'a long enough password' },
    });
    const me = await api.send('GET', '/me', { as: { token: entered.body.token as string } });

    expect([made.status, entered.status, me.status, me.body.username]).toEqual([201, 200, 200, name]);
  });

  it('does the same thing once for one Idempotency-Key', async () => {
    const alice = await api.register();
    const send = () =>
      api.send('POST', '/api/posts', {
        as: alice,
        body: { title: 'Once', content: 'only' },
        headers: { 'idempotency-key': 'k1' },
      });

    const first = await send();
    const second = await send();

    expect(second.body).toEqual(first.body);
    const { body } = await api.send('GET', `/api/posts?author_id=${alice.id}`);
    expect(body.count).toBe(1);
  });

  it('keeps an image of nearly 5 MB and shows it, and refuses a larger one', async () => {
    const alice = await api.register();
    const post = (bytes: Buffer) => {
      const file = { field: 'image', name: 'noise.png', type: 'image/png', bytes };
      return api.send('POST', '/api/posts', {
        as: alice,
        ...multipart({ title: 'Noise', content: 'From afar.' }, file),
      });
    };

    const made = await post(noiseImage(1280, 1280));
    const tooLarge = await post(noiseImage(1400, 1400));

    expect([made.status, tooLarge.status, tooLarge.body.code]).toEqual([201, 413, 'content_too_large']);
    const image = await fetch(made.body.image_url as string);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await image.arrayBuffer()).byteLength).toBeGreaterThan(4_000_000);
  });

  it('documents every route that it has, in one OpenAPI document', async () => {
    const { status, body } = await api.send('GET', '/openapi.json');

    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/api/auth/login',
        '/api/posts/{id}',
        '/api/comments',
        '/api/likes',
        '/api/notifications',
        '/api/realtime/ticket',
      ]),
    );
    expect((await api.send('GET', '/docs/')).status).toBe(200);
  });
});
