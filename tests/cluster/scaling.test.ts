import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../end-to-end/support/client.ts';
import { eventually } from '../end-to-end/support/eventually.ts';
import { openSocket, type Socket } from '../end-to-end/support/socket.ts';
import { openPlatform, type Platform } from './support/release.ts';
import { underLoad } from './support/steady-load.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
  await platform.isReady();
});
afterAll(() => scale(1), 300_000);

const SCALED = ['realtime', 'post', 'gateway'];

/** Until so many replicas are there, and those that had to go are gone. */
async function scale(replicas: number): Promise<void> {
  await platform.kubectl('scale', ...SCALED.map((name) => `deployment/${name}`), `--replicas=${replicas}`);
  await platform.isReady();
  const selector = `app.kubernetes.io/name in (${SCALED.join(',')})`;
  await eventually(
    () => platform.kubectl('get', 'pods', '--selector', selector, '--output', 'name'),
    (pods) => pods.split('\n').filter(Boolean).length === replicas * SCALED.length,
    120_000,
  );
}

type Listener = { author: Account; postId: string; socket: Socket };

/** Somebody with a post, and an open WebSocket. */
async function aListener(): Promise<Listener> {
  const author = await platform.api.register();
  const { body } = await platform.api.send('POST', '/api/posts', { as: author, body: { title: 'Mine', content: 'x' } });
  return { author, postId: body.id as string, socket: await openSocket(platform.url, author.token) };
}

/** One more than before likes the post of each, and each is told so live, once. */
async function everyoneIsTold(listeners: readonly Listener[]): Promise<void> {
  const fan = await platform.api.register();
  await Promise.all(
    listeners.map(async ({ postId, socket }) => {
      await platform.api.send('PUT', `/api/posts/${postId}/like`, { as: fan });
      await socket.frame(({ type, data }) => type === 'notification.created' && data.data.actor_id === fan.id);
    }),
  );
  for (const { socket } of listeners) {
    const told = socket.frames.filter(({ data }) => data?.data?.actor_id === fan.id);
    expect(told).toHaveLength(1);
  }
}

describe('from one replica to three and back', () => {
  it('keeps clients connected or lets them connect again, tells each of everything once, and fails no request', async () => {
    const early = await Promise.all(Array.from({ length: 4 }, aListener));
    await everyoneIsTold(early);
    let all = early;

    const { asked, failed } = await underLoad(platform.api, async () => {
      await scale(3);
      all = [...early, ...(await Promise.all(Array.from({ length: 8 }, aListener)))];
      await everyoneIsTold(all);
      await scale(1);
      all = await Promise.all(all.map(reconnected));
      await everyoneIsTold(all);
    });

    expect({ failed, isEnough: asked > 100 }).toEqual({ failed: [], isEnough: true });
    for (const { socket } of all) socket.close();
  }, 900_000);

  /** Whoever was on a replica that has gone has been told so by a close, and comes back. */
  async function reconnected(listener: Listener): Promise<Listener> {
    const isClosed = await Promise.race([
      listener.socket.closed.then(() => true),
      eventually(
        () => isAlive(listener.socket),
        (alive) => alive,
      ).then(() => false),
    ]);
    return isClosed ? { ...listener, socket: await openSocket(platform.url, listener.author.token) } : listener;
  }
});

async function isAlive(socket: Socket): Promise<boolean> {
  const id = `ping ${socket.frames.length} ${Date.now()}`;
  socket.send({ type: 'ping', id });
  return socket.frame((frame) => frame.id === id).then(() => true);
}
