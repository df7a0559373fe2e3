import { auditRecorded, sessionRevoked } from '@commons/contracts';
import { fakeClock, type FakeClock } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  aProblem,
  anAccount,
  buildAuth,
  loggedIn,
  metaOf,
  refreshing,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('a refresh', () => {
  let auth: AuthUnderTest;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    auth = await buildAuth({ clock });
  });
  afterAll(stopAll);

  const sidOf = (token: string): string => (jwt.decode(token) as jwt.JwtPayload)['sid'] as string;

  it('gives a new pair of tokens of the same session', async () => {
    const account = await anAccount(auth);
    clock.advance(60_000);

    const { body, headers } = await refreshing(auth, account).expect(200);

    expect(body).toEqual({
      token: expect.any(String),
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      expires_in: 900,
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(body.refresh_token).not.toBe(account.refreshToken);
    expect(sidOf(body.token)).toBe(sidOf(account.token));
    await withToken(auth, body).get('/api/auth/me').expect(200);
    const sessions = await withToken(auth, body).get('/api/auth/sessions').expect(200);
    expect(sessions.body.results[0].last_seen_at).toBe(clock.now().toISOString());
  });

  it('can be done again and again, each time with the latest token', async () => {
    const account = await anAccount(auth);

    let refreshToken = account.refreshToken;
    for (let time = 0; time < 5; time++) {
      const { body } = await refreshing(auth, { refreshToken }).expect(200);
      refreshToken = body.refresh_token;
    }

    await refreshing(auth, { refreshToken }).expect(200);
  });

  it('with a spent token ends the whole session, and no other', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);
    const { body: second } = await refreshing(auth, account).expect(200);
    const { body: third } = await refreshing(auth, { refreshToken: second.refresh_token }).expect(200);

    const reused = await refreshing(auth, account);

    expect(reused.status).toBe(401);
    expect(reused.headers['www-authenticate']).toBe('Bearer');
    expect(reused.body).toEqual(aProblem(401, 'refresh_token_reused'));
    const latest = await refreshing(auth, { refreshToken: third.refresh_token });
    expect(latest.body).toEqual(aProblem(401, 'invalid_refresh_token'));
    await withToken(auth, account).get('/api/auth/me').expect(401);
    await withToken(auth, third).get('/api/auth/me').expect(401);
    await withToken(auth, elsewhere).get('/api/auth/me').expect(200);
    await refreshing(auth, elsewhere).expect(200);
    const sid = sidOf(account.token);
    const told = (await auth.published(sessionRevoked)).filter(({ subject }) => subject === account.id);
    expect(told.map(({ data }) => data)).toEqual([{ v: 1, user_id: account.id, session_id: sid, meta: metaOf() }]);
    const audited = (await auth.published(auditRecorded)).filter(({ subject }) => subject === sid);
    expect(audited.map(({ data }) => data)).toEqual([
      {
        v: 1,
        actor_id: account.id,
        action: 'refresh',
        target_type: 'session',
        target_id: sid,
        ip: '203.0.113.7',
        outcome: 'refused',
        meta: metaOf(),
      },
    ]);
  });

  it.each([2, 10])('of one token %i times at once is won by one, and then the session has ended', async (times) => {
    const account = await anAccount(auth);

    const responses = await Promise.all(Array.from({ length: times }, () => refreshing(auth, account)));

    const winners = responses.filter(({ status }) => status === 200);
    const losers = responses.filter(({ status }) => status !== 200);
    expect(winners.length).toBe(1);
    expect(new Set(losers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(losers.filter(({ body }) => body.code === 'refresh_token_reused').length).toBe(1);
    await refreshing(auth, { refreshToken: winners[0]!.body.refresh_token }).expect(401);
    await withToken(auth, winners[0]!.body).get('/api/auth/me').expect(401);
  });

  it('is possible for thirty days after the last', async () => {
    const account = await anAccount(auth);
    clock.advance(29 * DAY_MS);
    const { body } = await refreshing(auth, account).expect(200);
    clock.advance(29 * DAY_MS);
    const { body: later } = await refreshing(auth, { refreshToken: body.refresh_token }).expect(200);

    clock.advance(30 * DAY_MS);
    const refused = await refreshing(auth, { refreshToken: later.refresh_token });

    expect(refused.status).toBe(401);
    expect(refused.body).toEqual(aProblem(401, 'invalid_refresh_token'));
  });

  it('carries the name that the user has by now', async () => {
    const account = await anAccount(auth);
    await withToken(auth, account).patch('/api/auth/me').send({ username: 'renamed_user' }).expect(200);

    const { body } = await refreshing(auth, account).expect(200);

    expect(jwt.decode(body.token)).toMatchObject({ username: 'renamed_user' });
  });

  it.each([
    ['no token', {}, 400],
    ['a null', { refresh_token: null }, 400],
    ['a number', { refresh_token: 5 }, 400],
    ['an object', { refresh_token: { $ne: '' } }, 400],
    ['an empty text', { refresh_token: '' }, 401],
    ['an unknown one', { refresh_token: 'a'.repeat(43) }, 401],
    ['odd letters', { refresh_token: '\u0000\ud800💥' }, 401],
  ])('with %s is refused', async (_what, body, status) => {
    await auth.as().post('/api/auth/refresh').send(body).expect(status);
  });

  it('takes no access token for a refresh token', async () => {
    const account = await anAccount(auth);

    await refreshing(auth, { refreshToken: account.token }).expect(401);
    await refreshing(auth, account).expect(200);
  });
});
