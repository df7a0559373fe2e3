import { aUser, until } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createFrameQueue } from '../src/domain/frame-queue.ts';
import { buildRealtime, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const realtime = realtimeOf();
afterEach(endSockets);

const error = (status: number, code: string, id?: string | number) => ({
  type: 'error',
  ...(id !== undefined && { id }),
  data: { status, code, detail: expect.any(String) },
});

describe('a frame', () => {
  it.each(['a', 7, 'ü'.repeat(128)])('that pings is answered under its id: %s', async (id) => {
    const socket = await realtime.built.socketOf(aUser());
    socket.send({ type: 'ping', id });

    expect(await socket.received('pong')).toEqual([{ type: 'pong', id }]);
  });

  it('that pings without an id is answered without one', async () => {
    const socket = await realtime.built.socketOf(aUser());
    socket.send({ type: 'ping' });

    expect(await socket.received('pong')).toEqual([{ type: 'pong' }]);
  });

  it.each([
    ['no JSON', 'hello', 400, 'invalid_request'],
    ['nothing', '', 400, 'invalid_request'],
    ['an array', '[]', 400, 'invalid_request'],
    ['null', 'null', 400, 'invalid_request'],
    ['a number', '1e999', 400, 'invalid_request'],
    ['an object without a type', '{}', 400, 'invalid_request'],
    ['a type that is no text', '{"type":["ping"]}', 400, 'invalid_request'],
    ['a type that nobody knows', '{"type":"dance"}', 404, 'unknown_frame'],
    ['a type of every object', '{"type":"__proto__"}', 404, 'unknown_frame'],
    ['a type of the server', '{"type":"notification.created"}', 404, 'unknown_frame'],
    ['an id that is none', '{"type":"ping","id":{}}', 400, 'invalid_request'],
    ['bytes', Buffer.from([0xff, 0xfe, 0]), 400, 'invalid_request'],
  ])('of %s is refused, and the connection stays', async (_what, text, status, code) => {
    const socket = await realtime.built.socketOf(aUser());
    socket.send(text);

    expect(await socket.received('error')).toEqual([error(status, code)]);
    expect((await socket.ask('ping')).type).toBe('pong');
  });

  it.each([
    ['no data', undefined, 400],
    ['no posts', {}, 400],
    ['null', { post_ids: null }, 400],
    ['a text', { post_ids: '66f2a1b0c3d4e5f60718293a' }, 400],
    ['numbers', { post_ids: [1] }, 400],
    ['a post that is no id', { post_ids: ['nonsense'] }, 400],
    ['over a hundred posts', { post_ids: Array(101).fill('66f2a1b0c3d4e5f60718293a') }, 422],
  ])('that watches %s is refused under its id', async (_what, data, status) => {
    const socket = await realtime.built.socketOf(aUser());

    expect(await socket.ask('watch', data)).toEqual(
      error(status, status === 400 ? 'invalid_request' : 'rule_broken', 'asked-1'),
    );
  });

  it('that is refused names its id even where it is no good otherwise', async () => {
    const socket = await realtime.built.socketOf(aUser());
    socket.send({ id: 'mine' });

    expect(await socket.received('error')).toEqual([error(400, 'invalid_request', 'mine')]);
  });

  it('of 64 kB is taken, and a larger one closes the connection with 1009', async () => {
    const socket = await realtime.built.socketOf(aUser());
    const padding = (bytes: number) =>
      JSON.stringify({ type: 'ping', data: '' }).replace('""', `"${'x'.repeat(bytes - 25)}"`);
    const [fits, doesNot] = [padding(64 * 1024), padding(64 * 1024 + 1)];
    expect([fits.length, doesNot.length]).toEqual([65_536, 65_537]);

    socket.send(fits);
    await socket.received('pong');
    socket.send(doesNot);
    expect(await socket.closed).toBe(1009);
  });
});

describe('a client', () => {
  it('that sends too many frames has those refused that are too many', async () => {
    const built = await buildRealtime({ environment: { SOCKET_FRAMES_PER_SECOND: '3' } });
    const socket = await built.socketOf(aUser());
    await until(async () => {
      for (let count = 0; count < 5; count++) socket.send({ type: 'ping', id: count });
      await until(() => socket.frames.length % 5 === 0);
      return socket.frames.some(({ type }) => type === 'error');
    }, 'a refusal');

    expect(socket.frames.filter(({ type }) => type === 'error')).toContainEqual(error(429, 'too_many_requests', 4));
    await until(async () => (await socket.ask('ping')).type === 'pong', 'the next second');
    endSockets();
    await built.stop();
  });

  it('that does not read is closed with 4008 once too much waits for it', async () => {
    const built = await buildRealtime();
    const alice = aUser();
    const slow = await built.socketOf(alice);
    const [ofSlow] = built.ctx.connections.ofUser(alice.id);
    const quick = await built.socketOf(alice);
    const frame = { type: 'bulk', data: 'x'.repeat(100_000) };

    slow.raw.pause();
    for (let count = 0; count < 200; count++) ofSlow?.send(frame);
    slow.raw.resume();

    expect(await slow.closed).toBe(4008);
    expect(slow.frames.length).toBeLessThan(200);
    expect((await quick.ask('ping')).type).toBe('pong');
    endSockets();
    await built.stop();
  });

  it('that gives no sign of life is ended, and one that does is not', async () => {
    const built = await buildRealtime({ environment: { SOCKET_HEARTBEAT_MS: '60' } });
    const alive = await built.socketOf(aUser());
    const dead = await openSocket(built.port, { token: built.tokenFor(aUser()) });
    dead.raw.pong = () => undefined;
    let pings = 0;
    alive.raw.on('ping', () => (pings += 1));

    expect(await dead.closed).toBe(1006);
    await until(() => pings > 5, 'some more signs');
    expect((await alive.ask('ping')).type).toBe('pong');
    endSockets();
    await built.stop();
  });
});

describe('the frames of one client', () => {
  it('are handled one after the other, and no more wait than may', async () => {
    const handled: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const queue = createFrameQueue(1_000, async (frame) => {
      await gate;
      handled.push(frame);
    });
    const refusals = Array.from({ length: 25 }, (_, index) => queue.take(String(index), 0));

    expect(refusals.map((refusal) => refusal?.status)).toEqual([
      ...Array<undefined>(20).fill(undefined),
      ...Array<number>(5).fill(429),
    ]);
    release();
    await until(() => handled.length === 20, 'all of them');
    expect(handled).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
    expect(queue.take('later', 0)).toBeUndefined();
  });
});
