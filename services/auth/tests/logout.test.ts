import { listRevocations, sessionRevoked, userLoggedOut, validateSession } from '@commons/contracts';
import { until } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  aProblem,
  anAccount,
  buildAuth,
  loggedIn,
  metaOf,
  refreshing,
  startReplica,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('a logout', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  const sidOf = (token: string): string => (jwt.decode(token) as jwt.JwtPayload)['sid'] as string;

  it('ends the session in hand and no other', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);

    const response = await withToken(auth, account).post('/api/auth/logout').expect(204);

    expect(response.text).toBe('');
    const refused = await withToken(auth, account).get('/api/auth/me');
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual(aProblem(401, 'token_revoked'));
    await refreshing(auth, account).expect(401);
    await withToken(auth, elsewhere).get('/api/auth/me').expect(200);
    await refreshing(auth, elsewhere).expect(200);
  });

  it('is told, and shows in the list of revocations and in the sessions that are valid', async () => {
    const account = await anAccount(auth);
    const session_id = sidOf(account.token);
    const askedAt = new Date().toISOString();

    await withToken(auth, account).post('/api/auth/logout').expect(204);

    const data = { v: 1, user_id: account.id, session_id, meta: metaOf(account) };
    const own = ({ subject }: { subject?: string }) => subject === account.id;
    expect((await auth.published(userLoggedOut)).filter(own).map((event) => event.data)).toEqual([data]);
    expect((await auth.published(sessionRevoked)).filter(own).map((event) => event.data)).toEqual([data]);
    const { body } = await auth.call(listRevocations, { since: askedAt }).expect(200);
    expect(body).toEqual({ revocations: [{ session_id }], as_of: expect.any(String) });
    const valid = await auth.call(validateSession, { session_id }).expect(200);
    expect(valid.body).toEqual({ valid: false, user_id: null });
  });

  it('reaches other replicas', async () => {
    const account = await anAccount(auth);
    const replica = await startReplica(auth);
    const headers = { authorization: `Bearer ${account.token}` };
    const there = async () => (await fetch(`http://127.0.0.1:${replica.port}/api/auth/me`, { headers })).status;
    expect(await there()).toBe(200);

    await withToken(auth, account).post('/api/auth/logout').expect(204);

    await until(async () => (await there()) === 401, 'the refusal by the other replica');
  });

  it('done twice with one token is refused the second time', async () => {
    const account = await anAccount(auth);
    await withToken(auth, account).post('/api/auth/logout').expect(204);

    await withToken(auth, account).post('/api/auth/logout').expect(401);
  });
});
