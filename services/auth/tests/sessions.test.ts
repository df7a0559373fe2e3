import { sessionRevoked } from '@commons/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProblem,
  anAccount,
  anAdminAccount,
  buildAuth,
  loggedIn,
  metaOf,
  PASSWORD,
  refreshing,
  withToken,
  type Account,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('sessions', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  const list = async (account: Account, query = '') =>
    (await withToken(auth, account).get(`/api/auth/sessions${query}`).expect(200)).body;

  it('are listed for their owner, the latest first', async () => {
    const account = await anAccount(auth);
    await anAccount(auth);
    await auth
      .as()
      .post('/api/auth/login')
      .set({ 'x-client-ip': '198.51.100.9', 'x-client-user-agent': 'Phone' })
      .send({ username: account.username, password: PASSWORD })
      .expect(200);

    const time = expect.stringMatching(/\.\d{3}Z$/);
    const idLike = expect.stringMatching(/^[0-9a-f]{24}$/);
    expect(await list(account)).toEqual({
      count: 2,
      next: null,
      previous: null,
      results: [
        { id: idLike, created_at: time, last_seen_at: time, user_agent: 'Phone', ip: '198.51.100.9', current: false },
        { id: idLike, created_at: time, last_seen_at: time, user_agent: 'jest', ip: '203.0.113.7', current: true },
      ],
    });
  });

  it('are read by page or by cursor', async () => {
    const account = await anAccount(auth);
    for (let time = 0; time < 4; time++) await loggedIn(auth, account);
    const ids = ((await list(account)).results as { id: string }[]).map(({ id }) => id);

    const second = await list(account, '?page=2&limit=2');
    const start = await list(account, '?cursor=&limit=3');
    const end = await list(account, `?cursor=${String(start.next_cursor)}&limit=3`);

    expect(second).toMatchObject({
      count: 5,
      next: 'http://commons.test/api/auth/sessions?page=3&limit=2',
      previous: 'http://commons.test/api/auth/sessions?page=1&limit=2',
    });
    expect(second.results.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2, 4));
    expect(start.results.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 3));
    expect(end).toEqual({ next_cursor: null, results: [expect.anything(), expect.anything()] });
    expect(end.results.map(({ id }: { id: string }) => id)).toEqual(ids.slice(3));
    await withToken(auth, account).get('/api/auth/sessions?limit=0').expect(400);
    await withToken(auth, account).get('/api/auth/sessions?cursor=nonsense').expect(400);
  });

  it('are ended by their owner, one by one', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);
    const { id } = (await list(account)).results.find(({ current }: { current: boolean }) => !current);

    const response = await withToken(auth, account).delete(`/api/auth/sessions/${id}`).expect(204);

    expect(response.text).toBe('');
    await withToken(auth, elsewhere).get('/api/auth/me').expect(401);
    await refreshing(auth, elsewhere).expect(401);
    await withToken(auth, account).get('/api/auth/me').expect(200);
    expect((await list(account)).count).toBe(1);
    const told = (await auth.published(sessionRevoked)).filter(({ subject }) => subject === account.id);
    expect(told.map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, session_id: id, meta: metaOf(account) },
    ]);
    await withToken(auth, account).delete(`/api/auth/sessions/${id}`).expect(404);
  });

  it('can end the one in hand', async () => {
    const account = await anAccount(auth);
    const { id } = (await list(account)).results[0];

    await withToken(auth, account).delete(`/api/auth/sessions/${id}`).expect(204);

    await withToken(auth, account).get('/api/auth/me').expect(401);
  });

  it('are nobody else’s to see or end, not even an admin’s', async () => {
    const account = await anAccount(auth);
    const { id } = (await list(account)).results[0];
    const others = [await anAccount(auth), await anAdminAccount(auth)];

    for (const other of others) {
      const response = await withToken(auth, other).delete(`/api/auth/sessions/${id}`);
      expect(response.status).toBe(404);
      expect(response.body).toEqual(aProblem(404, 'session_not_found'));
    }
    await withToken(auth, account).get('/api/auth/me').expect(200);
  });

  it('of no possible id are a bad request', async () => {
    const account = await anAccount(auth);

    await withToken(auth, account).delete('/api/auth/sessions/nonsense').expect(400);
  });
});
