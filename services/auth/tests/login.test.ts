import { auditRecorded, userLoggedIn } from '@commons/contracts';
import { until } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  aProblem,
  anAccount,
  anAdminAccount,
  buildAuth,
  metaOf,
  PASSWORD,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('login', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  const login = (body: object) => auth.as().post('/api/auth/login').send(body);

  it('signs in by username or e-mail, whatever their case', async () => {
    const account = await anAccount(auth);
    const { username, email, password } = account;

    const responses = await Promise.all([
      login({ username, password }),
      login({ username: username.toUpperCase(), password }),
      login({ email, password }),
      login({ email: email.toUpperCase(), password }),
      login({ username: email, password }),
    ]);

    for (const response of responses) {
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.body).toEqual({
        token: expect.any(String),
        refresh_token: expect.stringMatching(/^[\w-]{43}$/),
        expires_in: 900,
        user_id: account.id,
        username,
      });
      await withToken(auth, response.body).get('/api/auth/me').expect(200);
    }
  });

  it('tells of it', async () => {
    const account = await anAccount(auth);

    const { body } = await login({ username: account.username, password: PASSWORD }).expect(200);

    const { sid } = jwt.decode(body.token) as jwt.JwtPayload;
    const events = await auth.published(userLoggedIn);
    expect(events.filter(({ subject }) => subject === account.id).map(({ data }) => data)).toEqual([
      {
        v: 1,
        user_id: account.id,
        session_id: sid,
        ip: '203.0.113.7',
        user_agent: 'jest',
        meta: metaOf(),
      },
    ]);
  });

  it('answers a wrong password and an unknown user in the same words', async () => {
    const { username } = await anAccount(auth);

    const wrong = await login({ username, password: 'wrong horse' });
    const unknown = await login({ username: 'nobody_here', password: 'wrong horse' });
    const unknownEmail = await login({ email: 'nobody@example.com', password: 'wrong horse' });

    for (const response of [wrong, unknown, unknownEmail]) {
      expect(response.status).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.body).toEqual(aProblem(401, 'wrong_credentials'));
      expect(response.body.detail).toBe(wrong.body.detail);
    }
  });

  it('compares as long for an unknown user as for a known one', async () => {
    const costly = await buildAuth({ environment: { BCRYPT_COST: '9', LOGIN_FAILURES: '1000' } });
    const { username } = await anAccount(costly);
    const timeOf = async (name: string): Promise<number> => {
      const startedAt = performance.now();
      await costly.as().post('/api/auth/login').send({ username: name, password: 'wrong horse' }).expect(401);
      return performance.now() - startedAt;
    };

    let [known, unknown] = [Infinity, Infinity];
    const measure = async (): Promise<boolean> => {
      for (let round = 0; round < 4; round++) {
        known = Math.min(known, await timeOf(username));
        unknown = Math.min(unknown, await timeOf('nobody_here'));
      }
      return unknown > known * 0.5 && known > unknown * 0.5;
    };

    await until(measure, 'like fastest times for both');
  });

  it('refuses a suspended user, and says so only to who knows the password', async () => {
    const account = await anAccount(auth);
    const admin = await anAdminAccount(auth);
    await withToken(auth, admin).patch(`/api/admin/users/${account.id}`).send({ status: 'suspended' }).expect(200);

    const right = await login({ username: account.username, password: PASSWORD });
    const wrong = await login({ username: account.username, password: 'wrong horse' });

    expect(right.status).toBe(403);
    expect(right.body).toEqual(aProblem(403, 'account_suspended'));
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(aProblem(401, 'wrong_credentials'));
  });

  it('has refusals audited, with the user where there is one', async () => {
    const { id, username } = await anAccount(auth);
    const before = (await auth.published(auditRecorded)).length;

    await login({ username, password: 'wrong horse' }).expect(401);
    await login({ username: 'nobody_at_all', password: 'wrong horse' }).expect(401);

    const entry = {
      v: 1,
      actor_id: null,
      action: 'login',
      target_type: 'user',
      ip: '203.0.113.7',
      outcome: 'refused',
      meta: metaOf(),
    };
    expect((await auth.published(auditRecorded)).slice(before).map(({ data }) => data)).toEqual([
      { ...entry, target_id: id },
      { ...entry, target_id: null },
    ]);
  });

  it.each([
    ['nothing', {}],
    ['no password', { username: 'ann' }],
    ['no name', { password: PASSWORD }],
    ['a null password', { username: 'ann', password: null }],
    ['an object for a name', { username: { $ne: null }, password: PASSWORD }],
    ['an array for a password', { username: 'ann', password: [PASSWORD] }],
  ])('answers 400 to %s', async (_what, body) => {
    const response = await login(body);

    expect(response.status).toBe(400);
    expect(response.body.code).toBe('invalid_request');
  });

  it('answers 422 to an empty name or password', async () => {
    await login({ username: '', password: PASSWORD }).expect(422);
    await login({ username: 'ann', password: '' }).expect(422);
  });

  it('signs many in at once', async () => {
    const { username } = await anAccount(auth);

    const responses = await Promise.all(Array.from({ length: 50 }, () => login({ username, password: PASSWORD })));

    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(responses.map(({ body }) => body.refresh_token)).size).toBe(50);
  });

  it('hashes beside everything else: the service answers meanwhile', async () => {
    const costly = await buildAuth({ environment: { BCRYPT_COST: '12' } });
    const { token, username } = await anAccount(costly);
    const logins = [1, 2].map(async () => {
      await costly.as().post('/api/auth/login').send({ username, password: PASSWORD }).expect(200);
      return performance.now();
    });

    await withToken(costly, { token }).get('/api/auth/me').expect(200);
    const answeredAt = performance.now();

    const loggedInAt = await Promise.all(logins);
    expect(answeredAt).toBeLessThan(Math.min(...loggedInAt));
  });
});
