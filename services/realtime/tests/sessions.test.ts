import {
  sessionRevoked,
  userDeleted,
  userLoggedOut,
  userStatusChanged,
  type EventDefinition,
} from '@commons/contracts';
import { aUser, anId, type TestUser } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addReplica, realtimeOf } from './realtime-under-test.ts';
import { endSockets, openSocket, type TestSocket } from './test-socket.ts';

const realtime = realtimeOf();
afterEach(endSockets);

const isOpen = async (socket: TestSocket): Promise<boolean> => (await socket.ask('ping')).type === 'pong';

/** A second session of the same user. */
const elsewhere = (user: TestUser): TestUser => ({ ...user, sessionId: anId() });

describe('a session that ends', () => {
  it.each<[string, EventDefinition, (user: TestUser) => Record<string, unknown>]>([
    ['by a logout', userLoggedOut, ({ id, sessionId }) => ({ user_id: id, session_id: sessionId })],
    ['by being ended', sessionRevoked, ({ id, sessionId }) => ({ user_id: id, session_id: sessionId })],
  ])('%s closes its WebSockets with 4001, and no others', async (_how, event, data) => {
    const { built } = realtime;
    const alice = aUser();
    const [one, other] = [await built.socketOf(alice), await built.socketOf(alice)];
    const [second, ofBob] = [await built.socketOf(elsewhere(alice)), await built.socketOf(aUser())];

    await built.deliver(event, data(alice), { times: 2 });

    expect(await Promise.all([one.closed, other.closed])).toEqual([4001, 4001]);
    expect(await Promise.all([isOpen(second), isOpen(ofBob)])).toEqual([true, true]);
  });

  it.each<[string, EventDefinition, (user: TestUser) => Record<string, unknown>]>([
    ['of all of a user', sessionRevoked, ({ id }) => ({ user_id: id, all: true })],
    ['of a suspended user', userStatusChanged, ({ id }) => ({ user_id: id, status: 'suspended' })],
    ['of a deleted user', userStatusChanged, ({ id }) => ({ user_id: id, status: 'deleted' })],
    ['of an erased user', userDeleted, ({ id }) => ({ user_id: id })],
  ])('%s closes every WebSocket of that user', async (_how, event, data) => {
    const { built } = realtime;
    const alice = aUser();
    const [one, other, ofBob] = [
      await built.socketOf(alice),
      await built.socketOf(elsewhere(alice)),
      await built.socketOf(aUser()),
    ];

    await built.deliver(event, data(alice), { times: 2 });

    expect(await Promise.all([one.closed, other.closed])).toEqual([4001, 4001]);
    expect(await isOpen(ofBob)).toBe(true);
  });

  it('is closed at every replica', async () => {
    const { built } = realtime;
    const replica = await addReplica(built);
    const alice = aUser();
    const there = await openSocket(replica.port, { token: built.tokenFor(alice) });

    await built.deliver(userLoggedOut, { user_id: alice.id, session_id: alice.sessionId });

    expect(await there.closed).toBe(4001);
    await replica.stop();
  });

  it('is closed within a second even where no event comes', async () => {
    const { built } = realtime;
    const alice = aUser();
    const socket = await built.socketOf(alice);
    const startedAt = performance.now();

    built.revoke({ session_id: alice.sessionId });

    expect(await socket.closed).toBe(4001);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('is closed where all tokens of the user end', async () => {
    const { built } = realtime;
    const alice = aUser();
    const socket = await built.socketOf(alice);

    built.revoke({ user_id: alice.id, issued_before: Math.floor(Date.now() / 1000) + 1 });

    expect(await socket.closed).toBe(4001);
  });
});

it('stays open for a user who is active again, and for one whose new session began after the end of the old ones', async () => {
  const { built } = realtime;
  const alice = aUser();
  const socket = await built.socketOf(alice);
  await built.deliver(userStatusChanged, { user_id: alice.id, status: 'active' });
  expect(await isOpen(socket)).toBe(true);

  const envelope = {
    id: anId(),
    type: 'SessionRevoked',
    source: 'auth',
    time: new Date(Date.now() - 5_000).toISOString(),
  };
  const data = { v: 1, meta: { actor_id: null, ip: null, user_agent: null }, user_id: alice.id, all: true };
  await fetch(`http://127.0.0.1:${built.port}/events/broadcast/user-events/SessionRevoked`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ ...envelope, data }),
  });
  expect(await isOpen(socket)).toBe(true);
});

it('outlives the token that it was opened with, as long as its session lives', async () => {
  const { built } = realtime;
  const alice = aUser();
  const token = built.tokenFor(alice, { expiresInSeconds: 1 });
  const socket = await openSocket(built.port, { token });
  await expect(built.ctx.authenticator.verify(token)).resolves.toBeDefined();
  const post = anId();

  let isExpired = false;
  while (!isExpired)
    isExpired = await built.ctx.authenticator.verify(token).then(
      () => isOpen(socket).then(() => false),
      () => true,
    );

  expect(await socket.ask('watch', { post_ids: [post] })).toMatchObject({ type: 'ack', data: { post_ids: [post] } });
});
