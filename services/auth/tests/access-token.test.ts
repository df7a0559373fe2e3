import { fakeClock, type FakeClock } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { aProblem, anAccount, buildAuth, withToken, type AuthUnderTest, stopAll } from './auth-under-test.ts';

describe('an access token', () => {
  let auth: AuthUnderTest;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    auth = await buildAuth({ clock });
  });
  afterAll(stopAll);

  const me = (token: string) => withToken(auth, { token }).get('/api/auth/me');

  it('lives for a quarter of an hour', async () => {
    const { token } = await anAccount(auth);
    clock.advance(899_000);
    await me(token).expect(200);

    clock.advance(2_000);
    const expired = await me(token);

    expect(expired.status).toBe(401);
    expect(expired.headers['www-authenticate']).toBe('Bearer');
    expect(expired.body).toEqual(aProblem(401, 'token_expired'));
  });

  it('shows when its session was last in use, to the minute', async () => {
    const account = await anAccount(auth);
    const lastSeen = async () =>
      (await withToken(auth, account).get('/api/auth/sessions').expect(200)).body.results[0].last_seen_at;
    const registeredAt = clock.now().toISOString();

    clock.advance(30_000);
    await me(account.token).expect(200);
    expect(await lastSeen()).toBe(registeredAt);
    clock.advance(30_000);
    await me(account.token).expect(200);
    expect(await lastSeen()).toBe(registeredAt);
    clock.advance(30_000);
    await me(account.token).expect(200);
    expect(await lastSeen()).toBe(clock.now().toISOString());
  });

  it('is refused where it was signed by somebody else, not signed or changed', async () => {
    const { token } = await anAccount(auth);
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = jwt.decode(token) as jwt.JwtPayload;
    const unsigned = jwt.sign({ ...claims }, null as never, { algorithm: 'none' });
    const promoted = Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url');
    const { body: set } = await auth.as().get('/.well-known/jwks.json').expect(200);
    const confused = jwt.sign({ ...claims }, JSON.stringify(set.keys[0]), { keyid: set.keys[0].kid });
    const odd = [unsigned, `${head}.${promoted}.${signature}`, `${head}.${body}.`, confused, 'a.b.c', '%00', 'x'];

    const answers = await Promise.all(odd.map((each) => me(each)));

    expect(answers.map(({ status }) => status)).toEqual(odd.map(() => 401));
  });

  it('is needed where a user is asked for', async () => {
    const rows = [
      auth.as().post('/api/auth/logout'),
      auth.as().get('/api/auth/me'),
      auth.as().patch('/api/auth/me').send({ first_name: 'A' }),
      auth.as().delete('/api/auth/me').send({ password: 'x' }),
      auth.as().post('/api/auth/password').send({}),
      auth.as().get('/api/auth/sessions'),
      auth.as().delete('/api/auth/sessions/66f2a1b0c3d4e5f60718293a'),
      auth.as().get('/api/admin/users'),
      auth.as().get('/api/admin/users/66f2a1b0c3d4e5f60718293a'),
      auth.as().patch('/api/admin/users/66f2a1b0c3d4e5f60718293a').send({}),
    ];

    const answers = await Promise.all(rows);

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(rows.map(() => [401, 'unauthorized']));
    expect(new Set(answers.map(({ headers }) => headers['www-authenticate']))).toEqual(new Set(['Bearer']));
  });
});
