import { aUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildRealtime, realtimeOf, refusedHandshake } from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const realtime = realtimeOf({ environment: { SOCKETS_PER_USER: '2', SOCKETS_PER_ADDRESS: '4' } });
afterEach(endSockets);

let lastAddress = 0;
const anAddress = () => ({ 'x-client-ip': `198.51.100.${(lastAddress += 1)}` });

const refusal = (code: string) => ({
  status: 401,
  type: 'application/problem+json',
  authenticate: 'Bearer',
  body: expect.objectContaining({ title: 'Unauthorized', status: 401, code }),
});

describe('a handshake', () => {
  it('with a good token in its protocol is accepted, with the protocol bearer', async () => {
    const socket = await openSocket(realtime.built.port, { token: realtime.built.tokenFor(aUser()) }, anAddress());

    expect(socket.raw.protocol).toBe('bearer');
  });

  it.each([
    ['no token', () => undefined, 'unauthorized'],
    ['the protocol alone', () => 'bearer', 'unauthorized'],
    ['a token under another name', () => `token, ${realtime.built.tokenFor(aUser())}`, 'unauthorized'],
    ['a token that is none', () => 'bearer, nonsense', 'invalid_token'],
    ['a forged token', () => `bearer, ${realtime.built.tokenFor(aUser()).slice(0, -8)}AAAAAAAA`, 'invalid_token'],
    [
      'an expired token',
      () => `bearer, ${realtime.built.tokenFor(aUser(), { expiresInSeconds: -1 })}`,
      'token_expired',
    ],
  ])('with %s is refused', async (_what, protocol, code) => {
    const offered = protocol();
    const headers = { ...anAddress(), ...(offered !== undefined && { 'sec-websocket-protocol': offered }) };

    expect(await refusedHandshake(realtime.built.port, '/ws', headers)).toEqual(refusal(code));
  });

  it('with the token of an ended session is refused', async () => {
    const { built } = realtime;
    const alice = aUser();
    built.ctx.revocations.add({ session_id: alice.sessionId });
    const headers = { ...anAddress(), 'sec-websocket-protocol': `bearer, ${built.tokenFor(alice)}` };

    expect(await refusedHandshake(built.port, '/ws', headers)).toEqual(refusal('token_revoked'));
  });

  it.each(['/', '/ws/other', '/wss', '/api/realtime/ticket', '/WS'])('at %s finds nothing', async (path) => {
    const { status, body } = await refusedHandshake(realtime.built.port, path, anAddress());

    expect([status, body['code']]).toEqual([404, 'route_not_found']);
  });

  it('that is no good handshake is refused in words', async () => {
    const headers = {
      ...anAddress(),
      'sec-websocket-protocol': `bearer, ${realtime.built.tokenFor(aUser())}`,
      'sec-websocket-key': 'short',
    };
    const { status, type, body } = await refusedHandshake(realtime.built.port, '/ws', headers);

    expect([status, type, body['code']]).toEqual([400, 'application/problem+json', 'bad_handshake']);
  });

  it('of a user with too many WebSockets is refused, until one of them ends', async () => {
    const { built } = realtime;
    const alice = aUser();
    const token = built.tokenFor(alice);
    const first = await openSocket(built.port, { token }, anAddress());
    await openSocket(built.port, { token }, anAddress());
    const headers = { ...anAddress(), 'sec-websocket-protocol': `bearer, ${token}` };

    expect(await refusedHandshake(built.port, '/ws', headers)).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests' },
    });
    first.raw.close();
    await first.closed;
    await openSocket(built.port, { token }, anAddress());
  });

  it('from an address with too many WebSockets is refused, whoever asks', async () => {
    const { built } = realtime;
    const address = anAddress();
    for (let count = 0; count < 4; count++) await openSocket(built.port, { token: built.tokenFor(aUser()) }, address);
    const headers = { 'sec-websocket-protocol': `bearer, ${built.tokenFor(aUser())}` };

    expect((await refusedHandshake(built.port, '/ws', { ...headers, ...address })).status).toBe(429);
    await openSocket(built.port, { token: built.tokenFor(aUser()) }, anAddress());
  });
});

it('is a route that an ordinary request does not find', async () => {
  await realtime.built.as(aUser()).get('/ws').expect(404);
});

it('shows in its metrics how many are open', async () => {
  await openSocket(realtime.built.port, { token: realtime.built.tokenFor(aUser()) }, anAddress());
  const { text } = await realtime.built.as().get('/metrics').expect(200);

  expect(text).toMatch(/websockets_open\{service="realtime"\} 1\n/);
});

describe('when it stops', () => {
  it('closes every WebSocket with 1001, waits for none, and lets nobody in', async () => {
    const built = await buildRealtime();
    const [one, other] = [await built.socketOf(aUser()), await built.socketOf(aUser())];
    const deaf = await built.socketOf(aUser());
    deaf.raw.pause();

    await built.stop();

    expect(await Promise.all([one.closed, other.closed])).toEqual([1001, 1001]);
    await expect(refusedHandshake(built.port, '/ws')).rejects.toThrow('ECONNREFUSED');
    deaf.raw.resume();
    endSockets();
  });
});
