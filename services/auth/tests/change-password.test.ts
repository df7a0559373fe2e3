import { passwordChanged, sessionRevoked } from '@commons/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  aProblem,
  anAccount,
  buildAuth,
  loggedIn,
  metaOf,
  PASSWORD,
  refreshing,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('a change of the password', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  const change = (account: { token: string }, body: object) =>
    withToken(auth, account).post('/api/auth/password').send(body);

  it('ends the other sessions and leaves the one in hand', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);
    const stranger = await anAccount(auth);

    const response = await change(account, { current_password: PASSWORD, new_password: 'battery staple' });

    expect([response.status, response.text]).toEqual([204, '']);
    await withToken(auth, account).get('/api/auth/me').expect(200);
    await refreshing(auth, account).expect(200);
    await withToken(auth, elsewhere).get('/api/auth/me').expect(401);
    await refreshing(auth, elsewhere).expect(401);
    await withToken(auth, stranger).get('/api/auth/me').expect(200);
    const login = (password: string) =>
      auth.as().post('/api/auth/login').send({ username: account.username, password });
    await login(PASSWORD).expect(401);
    await login('battery staple').expect(200);
  });

  it('is told, with the sessions that it ended', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);
    const { sid } = jwt.decode(elsewhere.token) as jwt.JwtPayload;

    await change(account, { current_password: PASSWORD, new_password: 'battery staple' }).expect(204);

    const own = ({ subject }: { subject?: string }) => subject === account.id;
    const meta = metaOf(account);
    expect((await auth.published(passwordChanged)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, meta },
    ]);
    expect((await auth.published(sessionRevoked)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, session_id: sid, meta },
    ]);
  });

  it('needs the current password', async () => {
    const account = await anAccount(auth);

    const response = await change(account, { current_password: 'wrong horse', new_password: 'battery staple' });

    expect(response.status).toBe(403);
    expect(response.body).toEqual(aProblem(403, 'wrong_password'));
    await loggedIn(auth, account);
  });

  it('asked for twice at once is done once', async () => {
    const account = await anAccount(auth);

    const responses = await Promise.all(
      ['first staple', 'other staple'].map((new_password) =>
        change(account, { current_password: PASSWORD, new_password }),
      ),
    );

    expect(responses.map(({ status }) => status).sort()).toEqual([204, 403]);
  });

  it.each([
    ['no current password', { new_password: 'battery staple' }, 400],
    ['no new password', { current_password: PASSWORD }, 400],
    ['a null', { current_password: PASSWORD, new_password: null }, 400],
    ['a short one', { current_password: PASSWORD, new_password: 'short' }, 422],
    ['a short one beside a wrong one', { current_password: 'wrong horse', new_password: 'short' }, 422],
    ['a long one', { current_password: PASSWORD, new_password: 'x'.repeat(73) }, 422],
  ])('refuses %s', async (_what, body, status) => {
    const account = await anAccount(auth);

    await change(account, body).expect(status);

    await loggedIn(auth, account);
  });
});
