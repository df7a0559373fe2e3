import { auditRecorded } from '@commons/contracts';
import { fakeClock, type FakeClock } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProblem,
  anAccount,
  buildAuth,
  PASSWORD,
  startReplica,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const MINUTE_MS = 60_000;

describe('failed logins', () => {
  let auth: AuthUnderTest;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    auth = await buildAuth({ clock });
  });
  afterAll(stopAll);

  const login = (username: string, password: string) => auth.as().post('/api/auth/login').send({ username, password });
  const fail = async (username: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time++) await login(username, 'wrong horse').expect(401);
  };

  it('are refused from the eleventh on, the right password included', async () => {
    const { username } = await anAccount(auth);
    await fail(username, 10);

    const wrong = await login(username, 'wrong horse');
    const right = await login(username, PASSWORD);

    for (const response of [wrong, right]) {
      expect(response.status).toBe(429);
      expect(response.headers).toMatchObject({
        'retry-after': '900',
        'ratelimit-limit': '10',
        'ratelimit-remaining': '0',
        'ratelimit-reset': '900',
      });
      expect(response.body).toEqual(aProblem(429, 'too_many_requests'));
    }
  });

  it('count for names that nobody has, and without case', async () => {
    await fail('ghost_user', 5);
    await fail('GHOST_USER', 5);

    await login('Ghost_User', 'wrong horse').expect(429);
    await login('other_ghost', 'wrong horse').expect(401);
  });

  it('count by the name as given: one by username leaves the e-mail free', async () => {
    const { username, email } = await anAccount(auth);
    await fail(username, 10);

    await login(username, PASSWORD).expect(429);
    await auth.as().post('/api/auth/login').send({ email, password: PASSWORD }).expect(200);
  });

  it('are forgotten after a success', async () => {
    const { username } = await anAccount(auth);
    await fail(username, 9);
    await login(username, PASSWORD).expect(200);

    await fail(username, 9);

    await login(username, PASSWORD).expect(200);
  });

  it('are forgotten one by one after a quarter of an hour', async () => {
    const { username } = await anAccount(auth);
    await fail(username, 4);
    clock.advance(10 * MINUTE_MS);
    await fail(username, 6);

    const refused = await login(username, PASSWORD).expect(429);
    clock.advance(5 * MINUTE_MS);

    expect(refused.headers['retry-after']).toBe('300');
    await fail(username, 4);
    await login(username, PASSWORD).expect(429);
    clock.advance(15 * MINUTE_MS);
    await login(username, PASSWORD).expect(200);
  });

  it('are not lengthened by trying while refused', async () => {
    const { username } = await anAccount(auth);
    await fail(username, 10);
    clock.advance(14 * MINUTE_MS);
    for (let time = 0; time < 5; time++) await login(username, 'wrong horse').expect(429);

    clock.advance(MINUTE_MS);

    await login(username, PASSWORD).expect(200);
  });

  it('tell no more than ten guesses at once, however many are made', async () => {
    const { username } = await anAccount(auth);

    const responses = await Promise.all(Array.from({ length: 40 }, () => login(username, 'wrong horse')));

    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), ...Array.from({ length: 30 }, () => 429)]);
    await login(username, PASSWORD).expect(429);
  });

  it('count together in all replicas', async () => {
    const { username } = await anAccount(auth);
    const replica = await startReplica(auth);
    const there = async (password: string) => {
      const response = await fetch(`http://127.0.0.1:${replica.port}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      });
      return response.status;
    };

    for (let time = 0; time < 5; time++) {
      await login(username, 'wrong horse').expect(401);
      expect(await there('wrong horse')).toBe(401);
    }

    await login(username, PASSWORD).expect(429);
    expect(await there(PASSWORD)).toBe(429);
  });

  it('are audited while refused', async () => {
    await fail('audited_ghost', 10);
    const before = (await auth.published(auditRecorded)).length;

    await login('audited_ghost', 'wrong horse').expect(429);

    expect((await auth.published(auditRecorded)).slice(before).map(({ data }) => data)).toEqual([
      expect.objectContaining({ action: 'login', outcome: 'refused', target_id: null }),
    ]);
  });

  it('leave no name behind: what was typed may have been a password', async () => {
    await fail('my-secret-password', 1);

    const documents = await auth.ctx.db.collection('login_failures').find().toArray();

    expect(JSON.stringify(documents)).not.toContain('my-secret-password');
  });

  it('also count where a password confirms a change, by themselves', async () => {
    const account = await anAccount(auth);
    const confirm = (password: string) => withToken(auth, account).delete('/api/auth/me').send({ password });
    for (let time = 0; time < 10; time++) await confirm('wrong horse').expect(403);

    const refused = await confirm(PASSWORD);

    expect(refused.status).toBe(429);
    expect(refused.body).toEqual(aProblem(429, 'too_many_requests'));
    await login(account.username, PASSWORD).expect(200);
  });
});
