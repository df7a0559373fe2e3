import { userDataErased, userDeleted } from '@commons/contracts';
import { aUser, fakeClock, until } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addReplica, realtimeOf, refusedHandshake } from './realtime-under-test.ts';
import { endSockets, openSocket } from './test-socket.ts';

const clock = fakeClock();
const realtime = realtimeOf({ clock });
afterEach(endSockets);

const invalid = {
  status: 401,
  type: 'application/problem+json',
  authenticate: 'Bearer',
  body: expect.objectContaining({ status: 401, code: 'invalid_ticket' }),
};

describe('a ticket', () => {
  it('is given to a user, for thirty seconds', async () => {
    const response = await realtime.built.as(aUser()).post('/api/realtime/ticket').send().expect(200);

    expect(response.body).toEqual({ ticket: expect.stringMatching(/^[\w-]{43}$/), expires_in: 30 });
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('is given to nobody without a token', async () => {
    const { body } = await realtime.built
      .as()
      .post('/api/realtime/ticket')
      .expect(401)
      .expect('www-authenticate', 'Bearer');

    expect(body).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it.each(['get', 'put', 'delete'] as const)('is not to be had by %s', async (method) => {
    await realtime.built.as(aUser())[method]('/api/realtime/ticket').expect(405).expect('allow', 'POST, OPTIONS');
  });

  it('is another one each time, whatever the Idempotency-Key', async () => {
    const alice = aUser();
    const ask = () => realtime.built.as(alice).post('/api/realtime/ticket').set('idempotency-key', 'same').expect(200);
    const [one, other] = [await ask(), await ask()];

    expect(one.body.ticket).not.toBe(other.body.ticket);
  });

  it('opens a WebSocket in the name of its user', async () => {
    const alice = aUser();
    const socket = await openSocket(realtime.built.port, { ticket: await realtime.built.ticketFor(alice) });

    expect(realtime.built.ctx.connections.ofUser(alice.id)).toHaveLength(1);
    expect(await socket.ask('ping')).toEqual({ type: 'pong', id: 'asked-1' });
  });

  it('is good once', async () => {
    const ticket = await realtime.built.ticketFor(aUser());
    await openSocket(realtime.built.port, { ticket });

    expect(await refusedHandshake(realtime.built.port, `/ws?ticket=${ticket}`)).toEqual(invalid);
  });

  it('is good once at whichever replica, even when both are asked at the same time', async () => {
    const replica = await addReplica(realtime.built);
    const ticket = await realtime.built.ticketFor(aUser());
    const ports = [realtime.built.port, replica.port, realtime.built.port, replica.port];
    const outcomes = await Promise.allSettled(ports.map((port) => openSocket(port, { ticket })));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    endSockets();
    await replica.stop();
  });

  it('is good for thirty seconds and no longer', async () => {
    const { built } = realtime;
    const [one, other] = [await built.ticketFor(aUser()), await built.ticketFor(aUser())];
    clock.advance(29_900);
    await openSocket(built.port, { ticket: one });
    clock.advance(200);

    expect(await refusedHandshake(built.port, `/ws?ticket=${other}`)).toEqual(invalid);
  });

  it.each(['', 'nonsense', '%00', '{"$ne":null}', 'a'.repeat(5_000)])(
    'that was never given opens nothing: %s',
    async (ticket) => {
      expect((await refusedHandshake(realtime.built.port, `/ws?ticket=${encodeURIComponent(ticket)}`)).status).toBe(
        401,
      );
    },
  );

  it('is kept as a hash only, and cleared away by the database', async () => {
    const { built } = realtime;
    const ticket = await built.ticketFor(aUser());
    const tickets = built.ctx.db.collection('tickets');

    expect(JSON.stringify(await tickets.find().toArray())).not.toContain(ticket);
    expect(await tickets.indexes()).toContainEqual(
      expect.objectContaining({ key: { expires_at: 1 }, expireAfterSeconds: 0 }),
    );
  });

  it('ends with the session that it was given to', async () => {
    const { built } = realtime;
    const alice = aUser();
    const ticket = await built.ticketFor(alice);
    built.revoke({ session_id: alice.sessionId });
    await until(
      () => built.ctx.revocations.isRevoked({ user: alice, issuedAt: Infinity, expiresAt: Infinity }),
      'the end of the session',
    );

    expect((await refusedHandshake(built.port, `/ws?ticket=${ticket}`)).body).toMatchObject({
      status: 401,
      code: 'token_revoked',
    });
  });

  it('ends with the tokens of its user, however late it was given', async () => {
    const { built } = realtime;
    const alice = aUser();
    const token = built.tokenFor(alice);
    clock.advance(10_000);
    const { body } = await built.as().post('/api/realtime/ticket').set('authorization', `Bearer ${token}`).expect(200);
    built.ctx.revocations.add({ user_id: alice.id, issued_before: Math.floor(clock.now().getTime() / 1000) - 5 });

    expect((await refusedHandshake(built.port, `/ws?ticket=${body.ticket}`)).body).toMatchObject({
      status: 401,
      code: 'token_revoked',
    });
  });
});

it('forgets the tickets of a deleted user and no others, and says so once', async () => {
  const { built } = realtime;
  const [alice, bob] = [aUser(), aUser()];
  await built.ticketFor(alice);
  const kept = await built.ticketFor(bob);

  await built.deliver(userDeleted, { user_id: alice.id }, { times: 3 });

  expect(await built.ctx.db.collection('tickets').countDocuments({ 'user.id': alice.id })).toBe(0);
  await openSocket(built.port, { ticket: kept });
  const erased = await built.published(userDataErased);
  expect(erased.map(({ subject, data }) => [subject, data['user_id'], data['service']])).toEqual([
    [alice.id, alice.id, 'realtime'],
  ]);
});
