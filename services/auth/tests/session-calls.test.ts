import { createSession, deleteSession, sessionRevoked, validateSession } from '@commons/contracts';
import { fakeClock, type FakeClock } from '@commons/platform/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProblem,
  anAccount,
  anAdminAccount,
  buildAuth,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const NOBODY = '66f2a1b0c3d4e5f60718293a';
const DAY_MS = 24 * 60 * 60_000;

describe('sessions between services', () => {
  let auth: AuthUnderTest;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    auth = await buildAuth({ clock });
  });
  afterEach(() => auth.harness.faults.clear());
  afterAll(stopAll);

  const create = (user_id: string) => auth.call(createSession, { user_id, ip: '198.51.100.1', user_agent: 'Phone' });
  const validate = async (session_id: string) => (await auth.call(validateSession, { session_id }).expect(200)).body;
  const remove = async (session_id: string) => (await auth.call(deleteSession, { session_id }).expect(200)).body;
  const removeFromDatabase = (id: string) => auth.ctx.transaction((tx) => auth.ctx.sessions.remove({ id }, tx));

  it('are created, valid, and deleted', async () => {
    const account = await anAccount(auth);

    const { body } = await create(account.id).expect(200);

    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      user_id: account.id,
      created_at: clock.now().toISOString(),
      expires_at: new Date(clock.now().getTime() + 30 * DAY_MS).toISOString(),
    });
    const { body: sessions } = await withToken(auth, account).get('/api/auth/sessions').expect(200);
    expect(sessions.results[0]).toMatchObject({ id: body.id, ip: '198.51.100.1', user_agent: 'Phone', current: false });
    expect(await validate(body.id)).toEqual({ valid: true, user_id: account.id });
    expect(await remove(body.id)).toEqual({ deleted: true });
    expect(await remove(body.id)).toEqual({ deleted: false });
    expect(await validate(body.id)).toEqual({ valid: false, user_id: null });
    const told = (await auth.published(sessionRevoked)).filter(({ subject }) => subject === account.id);
    expect(told.map(({ data }) => data)).toEqual([expect.objectContaining({ session_id: body.id })]);
  });

  it('are not created for who is not there, deleted or suspended', async () => {
    const admin = await anAdminAccount(auth);
    const suspended = await anAccount(auth);
    const deleted = await anAccount(auth);
    const patch = (id: string, status: string) =>
      withToken(auth, admin).patch(`/api/admin/users/${id}`).send({ status }).expect(200);
    await patch(suspended.id, 'suspended');
    await patch(deleted.id, 'deleted');

    expect((await create(NOBODY).expect(404)).body).toEqual(aProblem(404, 'user_not_found'));
    expect((await create(deleted.id).expect(404)).body).toEqual(aProblem(404, 'user_not_found'));
    expect((await create(suspended.id).expect(403)).body).toEqual(aProblem(403, 'account_suspended'));
  });

  it('are read from Dapr state first, and from the database where it has none', async () => {
    const account = await anAccount(auth);
    const { body } = await create(account.id).expect(200);
    await removeFromDatabase(body.id);
    expect(await validate(body.id)).toEqual({ valid: true, user_id: account.id });

    await auth.ctx.dapr.state.delete(`session-${body.id}`);

    expect(await validate(body.id)).toEqual({ valid: false, user_id: null });
  });

  it('come back to Dapr state when they are asked for', async () => {
    const account = await anAccount(auth);
    const { body } = await create(account.id).expect(200);
    await auth.ctx.dapr.state.delete(`session-${body.id}`);
    expect(await validate(body.id)).toEqual({ valid: true, user_id: account.id });

    await removeFromDatabase(body.id);

    expect(await validate(body.id)).toEqual({ valid: true, user_id: account.id });
  });

  it('work on while the state store is away', async () => {
    auth.harness.faults.fail({ on: 'state' }, { status: 500 });
    const account = await anAccount(auth);
    const { body } = await create(account.id).expect(200);

    expect(await validate(body.id)).toEqual({ valid: true, user_id: account.id });
    expect(await remove(body.id)).toEqual({ deleted: true });
    expect(await validate(body.id)).toEqual({ valid: false, user_id: null });
  });

  it('that have ended do not come back from a state store that was away', async () => {
    const account = await anAccount(auth);
    const { body } = await create(account.id).expect(200);
    auth.harness.faults.fail({ on: 'state' }, { status: 500 });
    await remove(body.id);

    auth.harness.faults.clear();

    expect(await validate(body.id)).toEqual({ valid: false, user_id: null });
  });

  it('end after thirty days without use', async () => {
    const account = await anAccount(auth);
    const { body } = await create(account.id).expect(200);
    clock.advance(30 * DAY_MS);

    expect(await validate(body.id)).toEqual({ valid: false, user_id: null });
  });

  it('are refused from outside, and to services that may not', async () => {
    const account = await anAccount(auth);
    const asked = { user_id: account.id, ip: null, user_agent: null };

    await auth.call(createSession, asked, { caller: 'gateway' }).expect(403);
    await auth.call(createSession, asked, { caller: 'post' }).expect(403);
    await auth.call(deleteSession, { session_id: NOBODY }, { caller: 'post' }).expect(403);
    await auth.call(validateSession, { session_id: NOBODY }, { caller: 'gateway' }).expect(403);
    await auth.as().post('/internal/ValidateSession').send({ session_id: NOBODY }).expect(403);
    await auth.call(validateSession, { session_id: 'nonsense' }).expect(400);
  });
});
