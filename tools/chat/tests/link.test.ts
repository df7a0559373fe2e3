import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer, type WebSocket } from 'ws';
import { createLink, pauseAfter, type Link } from '../src/link.ts';

let server: WebSocketServer;
let sockets: WebSocket[];
let tokens: (string | undefined)[];
let link: Link | undefined;

beforeEach(async () => {
  [sockets, tokens] = [[], []];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws', handleProtocols: () => 'bearer' });
  server.on('connection', (socket, { headers }) => {
    sockets.push(socket);
    tokens.push(headers['sec-websocket-protocol']?.split(/,\s*/)[1]);
  });
  await once(server, 'listening');
});
afterEach(async () => {
  link?.close();
  sockets.forEach((socket) => socket.terminate());
  await new Promise((resolve) => server.close(resolve));
});

async function until(condition: () => boolean): Promise<void> {
  for (const limit = Date.now() + 10_000; !condition();) {
    if (Date.now() > limit) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function linkUnderTest() {
  const seen: string[] = [];
  const pauses: number[] = [];
  let asked = 0;
  link = createLink({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: () => Promise.resolve(`token-${(asked += 1)}`),
    onFrame: (frame) => seen.push(frame.type),
    onOpen: (isAgain) => seen.push(isAgain ? 'open again' : 'open'),
    onLost: () => seen.push('lost'),
    onEnded: (sentence) => seen.push(sentence),
    wait: (ms) => Promise.resolve(void pauses.push(ms)),
  });
  link.open();
  return { link, seen, pauses };
}

describe('a link', () => {
  it('carries frames both ways, but nothing while it is not there', async () => {
    const { link: own, seen } = linkUnderTest();
    expect(own.send({ type: 'ping' })).toBe(false);
    await until(() => seen.includes('open'));
    const received = once(sockets[0]!, 'message') as Promise<[Buffer]>;

    expect(own.send({ type: 'chat.typing', data: { chat_id: 'x' } })).toBe(true);
    sockets[0]!.send(JSON.stringify({ type: 'presence', data: { user_id: 'b', online: true } }));
    sockets[0]!.send(JSON.stringify({ type: 'pong' }));

    expect(JSON.parse((await received)[0].toString())).toEqual({ type: 'chat.typing', data: { chat_id: 'x' } });
    await until(() => seen.includes('presence'));
    expect([seen, tokens]).toEqual([['open', 'presence'], ['token-1']]);
  });

  it('comes back when it is lost, with a new token', async () => {
    const { seen } = linkUnderTest();
    await until(() => seen.includes('open'));
    sockets[0]!.terminate();
    await until(() => seen.filter((one) => one === 'open again').length === 1);
    sockets[1]!.close(1001);
    await until(() => seen.filter((one) => one === 'open again').length === 2);
    expect([seen, tokens]).toEqual([
      ['open', 'lost', 'open again', 'lost', 'open again'],
      ['token-1', 'token-2', 'token-3'],
    ]);
  });

  it('is tried again, ever later, where it is refused', async () => {
    server.options.verifyClient = (_info, answer: (isGood: boolean, code?: number) => void) =>
      answer(pauses.length >= 4, 503);
    const { seen, pauses } = linkUnderTest();
    await until(() => seen.includes('open'));
    expect(pauses.slice(0, 4).map((ms, index) => ms >= 250 * 2 ** index && ms <= 500 * 2 ** index)).toEqual([
      ...[true, true, true, true],
    ]);
  });

  it('stays closed when the session has ended, or it is closed', async () => {
    const { seen } = linkUnderTest();
    await until(() => seen.includes('open'));
    sockets[0]!.close(4001);
    await until(() => seen.length === 2);
    expect(seen).toEqual(['open', 'The session has ended.']);

    const other = linkUnderTest();
    await until(() => other.seen.includes('open'));
    other.link.close();
    await once(sockets[1]!, 'close');
    expect(other.seen).toEqual(['open']);
  });
});

it('waits between half of a pause and the whole, which doubles up to 15 seconds', () => {
  expect([0, 1, 4, 20].map((failures) => [pauseAfter(failures, 0), pauseAfter(failures, 1)])).toEqual([
    [250, 500],
    [500, 1_000],
    [4_000, 8_000],
    [7_500, 15_000],
  ]);
});
