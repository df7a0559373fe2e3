import { listRevocations, listUsers } from '@commons/contracts';
import { fakeClock, type FakeClock } from '@commons/platform/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  anAccount,
  anAdminAccount,
  buildAuth,
  PASSWORD,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const MINUTE_MS = 60_000;

describe('what other services ask', () => {
  let auth: AuthUnderTest;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = fakeClock();
    auth = await buildAuth({ clock });
  });
  afterAll(stopAll);

  describe('for revocations', () => {
    const list = async (since?: Date) =>
      (await auth.call(listRevocations, since ? { since: since.toISOString() } : {}).expect(200)).body;

    it('gives those since a time, or all that still matter', async () => {
      const account = await anAccount(auth);
      const { sid } = jwt.decode(account.token) as jwt.JwtPayload;
      await withToken(auth, account).post('/api/auth/logout').expect(204);
      const loggedOutAt = clock.now();

      expect(await list(loggedOutAt)).toEqual({ revocations: [{ session_id: sid }], as_of: loggedOutAt.toISOString() });
      clock.advance(15 * MINUTE_MS);
      expect(await list(clock.now())).toEqual({ revocations: [], as_of: clock.now().toISOString() });
      expect((await list()).revocations).toContainEqual({ session_id: sid });
      clock.advance(6 * MINUTE_MS);
      expect((await list()).revocations).not.toContainEqual({ session_id: sid });
      expect((await list(loggedOutAt)).revocations).not.toContainEqual({ session_id: sid });
    });

    it('names the user, and from which second tokens are good again, where all of their tokens ended', async () => {
      const account = await anAccount(auth);
      const askedAt = clock.now();

      await withToken(auth, account).delete('/api/auth/me').send({ password: PASSWORD }).expect(202);

      expect((await list(askedAt)).revocations).toEqual([
        { user_id: account.id, issued_before: Math.floor(askedAt.getTime() / 1000) + 1 },
      ]);
    });

    it('reads an index', async () => {
      const plan = await auth.ctx.db
        .collection('revocations')
        .find({ at: { $gte: new Date() } })
        .explain();

      expect(JSON.stringify(plan['queryPlanner'].winningPlan)).toContain('"indexName":"at_1"');
    });

    it('takes no other time than one', async () => {
      await auth.call(listRevocations, { since: 'yesterday' }).expect(422);
      await auth.call(listRevocations, { since: 5 as never }).expect(400);
      await auth.call(listRevocations, {}, { caller: 'gateway' }).expect(403);
    });
  });

  describe('for users', () => {
    const list = async (input: { after?: string; limit?: number; ids?: string[] }) =>
      (await auth.call(listUsers, input).expect(200)).body.users;

    it('gives them in the order of their ids, from one on', async () => {
      const accounts = [await anAccount(auth), await anAccount(auth), await anAccount(auth)];
      const [first, second, third] = accounts;
      const names = { username: 'renamed_once', first_name: 'Ann', last_name: 'Lee' };
      await withToken(auth, second!).patch('/api/auth/me').send(names).expect(200);
      const entry = {
        ...{ first_name: '', last_name: '', username_revision: 1 },
        ...{ roles: ['user'], status: 'active', created_at: clock.now().toISOString() },
      };

      const users = await list({ after: first!.id });

      expect(users).toEqual([
        { ...entry, ...names, id: second!.id, username_revision: 2 },
        { ...entry, id: third!.id, username: third!.username },
      ]);
      expect(await list({ after: first!.id, limit: 1 })).toEqual(users.slice(0, 1));
      expect(await list({ ids: [third!.id, first!.id] })).toEqual([
        { ...entry, id: first!.id, username: first!.username },
        { ...entry, id: third!.id, username: third!.username },
      ]);
      expect(await list({ ids: [] })).toEqual([]);
    });

    it('gives a deleted one without a name', async () => {
      const account = await anAccount(auth);
      const admin = await anAdminAccount(auth);
      await withToken(auth, admin).patch(`/api/admin/users/${account.id}`).send({ status: 'deleted' }).expect(200);

      expect(await list({ ids: [account.id] })).toEqual([
        {
          ...{ id: account.id, username: '', first_name: '', last_name: '', username_revision: 2 },
          ...{ roles: [], status: 'deleted', created_at: clock.now().toISOString() },
        },
      ]);
    });
  });
});
