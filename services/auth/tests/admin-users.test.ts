import {
  auditRecorded,
  sessionRevoked,
  userDeleted,
  userRolesChanged,
  userStatusChanged,
  validateSession,
} from '@commons/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
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

const NOBODY = '66f2a1b0c3d4e5f60718293a';

describe('users as an admin sees them', () => {
  let auth: AuthUnderTest;
  let admin: Account;
  beforeAll(async () => {
    auth = await buildAuth();
    admin = await anAdminAccount(auth);
  });
  afterAll(stopAll);

  const get = (path: string) => withToken(auth, admin).get(path);
  const patch = (id: string, body: object) => withToken(auth, admin).patch(`/api/admin/users/${id}`).send(body);
  const found = async (query: string): Promise<string[]> =>
    ((await get(`/api/admin/users?${query}`).expect(200)).body.results as { id: string }[]).map(({ id }) => id);

  it('are listed latest first, by page or by cursor', async () => {
    const accounts: Account[] = [];
    for (let index = 0; index < 5; index++) accounts.push(await anAccount(auth));
    const ids = accounts.map(({ id }) => id).reverse();

    const page = await get('/api/admin/users?limit=2&page=2').expect(200);
    const start = await get('/api/admin/users?cursor=&limit=3').expect(200);
    const next = await get(`/api/admin/users?cursor=${String(start.body.next_cursor)}&limit=2`).expect(200);

    const [latest] = (await get('/api/admin/users').expect(200)).body.results;
    expect(latest).toEqual({
      id: ids[0],
      username: accounts[4]!.username,
      email: accounts[4]!.email,
      first_name: '',
      last_name: '',
      roles: ['user'],
      status: 'active',
      email_verified: false,
      created_at: expect.any(String),
    });
    const idsOf = ({ body }: { body: { results: { id: string }[] } }) => body.results.map(({ id }) => id);
    expect(page.body).toMatchObject({
      count: await auth.ctx.db.collection('users').countDocuments(),
      next: 'http://commons.test/api/admin/users?limit=2&page=3',
      previous: 'http://commons.test/api/admin/users?limit=2&page=1',
    });
    expect(idsOf(page)).toEqual(ids.slice(2, 4));
    expect(idsOf(start)).toEqual(ids.slice(0, 3));
    expect(idsOf(next)).toEqual(ids.slice(3, 5));
  });

  it('are found by the beginning of any word of their names and e-mail, whatever its case', async () => {
    const { id } = await anAccount(auth, {
      username: 'Zed.Quimby_42',
      email: 'Zachary@Quarry.Example',
      first_name: 'Zoë Ann',
      last_name: "O'Neil-Smith",
    });

    const queries = ['zed', 'QUIMBY', 'zed.qui', '42', 'zachary@qua', 'quarry', 'zoë', 'ann o', "o'neil", 'smith'];
    const results = await Promise.all(queries.map((query) => found(`q=${encodeURIComponent(query)}`)));

    expect(results).toEqual(queries.map(() => [id]));
    expect(await found('q=imby')).toEqual([]);
    expect(await found(`q=${encodeURIComponent('.*')}`)).toEqual([]);
    expect(await found(`q=${encodeURIComponent('zed\u0000')}`)).toEqual([]);
  });

  it('are filtered by status and role', async () => {
    const { id } = await anAccount(auth);
    await patch(id, { status: 'suspended' }).expect(200);

    expect(await found('status=suspended')).toContain(id);
    expect(await found('status=active')).not.toContain(id);
    expect(await found('role=admin')).toContain(admin.id);
    expect(await found('role=admin')).not.toContain(id);
    await get('/api/admin/users?status=gone').expect(400);
    await get('/api/admin/users?role=king').expect(400);
    await get('/api/admin/users?q=a&q=b').expect(400);
    await get('/api/admin/users?page=0').expect(400);
  });

  it('are shown one by one, and that is audited', async () => {
    const account = await anAccount(auth);
    const before = (await auth.published(auditRecorded)).length;

    const { body } = await get(`/api/admin/users/${account.id}`).expect(200);
    await get('/api/admin/users').expect(200);

    expect(body).toEqual({
      id: account.id,
      username: account.username,
      email: account.email,
      first_name: '',
      last_name: '',
      roles: ['user'],
      status: 'active',
      email_verified: false,
      created_at: expect.any(String),
      erasure: null,
    });
    const entry = {
      v: 1,
      actor_id: admin.id,
      target_type: 'user',
      ip: '203.0.113.7',
      outcome: 'success',
      meta: metaOf(admin),
    };
    expect((await auth.published(auditRecorded)).slice(before).map(({ data }) => data)).toEqual([
      { ...entry, action: 'read_user', target_id: account.id },
      { ...entry, action: 'list_users', target_id: null },
    ]);
  });

  it('are for admins only', async () => {
    const account = await anAccount(auth);
    const as = withToken(auth, account);

    const answers = [
      await as.get('/api/admin/users'),
      await as.get(`/api/admin/users/${account.id}`),
      await as.get(`/api/admin/users/${NOBODY}`),
      await as.patch(`/api/admin/users/${account.id}`).send({ roles: ['admin'] }),
    ];

    for (const { status, body } of answers) {
      expect(status).toBe(403);
      expect(body).toEqual(aProblem(403, 'forbidden'));
    }
  });

  it('are 404 where there are none, 400 where the id is none', async () => {
    expect((await get(`/api/admin/users/${NOBODY}`).expect(404)).body).toEqual(aProblem(404, 'user_not_found'));
    expect((await patch(NOBODY, { status: 'active' }).expect(404)).body).toEqual(aProblem(404, 'user_not_found'));
    await get('/api/admin/users/nonsense').expect(400);
    await patch('nonsense', {}).expect(400);
  });

  it.each([
    ['roles that are no list', { roles: 'admin' }, 400],
    ['a null', { status: null }, 400],
    ['a number', { status: 1 }, 400],
    ['a number among roles', { roles: [1] }, 400],
    ['an unknown role', { roles: ['king'] }, 422],
    ['no role', { roles: [] }, 422],
    ['an unknown status', { status: 'gone' }, 422],
  ])('take no %s', async (_what, body, status) => {
    const { id } = await anAccount(auth);

    await patch(id, body).expect(status);
  });

  it('get other roles with their next token, and the old one stops at once', async () => {
    const account = await anAccount(auth);

    const { body } = await patch(account.id, { roles: ['admin', 'user', 'admin'] }).expect(200);

    expect(body.roles).toEqual(['user', 'admin']);
    const refused = await withToken(auth, account).get('/api/auth/me');
    expect(refused.body).toEqual(aProblem(401, 'token_revoked'));
    const refreshed = await refreshing(auth, account).expect(200);
    expect(jwt.decode(refreshed.body.token)).toMatchObject({ roles: ['user', 'admin'] });
    await withToken(auth, refreshed.body).get('/api/admin/users').expect(200);
    const relogged = await loggedIn(auth, account);
    await withToken(auth, relogged).get('/api/admin/users').expect(200);
    const told = (await auth.published(userRolesChanged)).filter(({ subject }) => subject === account.id);
    expect(told.map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, roles: ['user', 'admin'], meta: metaOf(admin) },
    ]);
  });

  it('lose a role at once', async () => {
    const other = await anAdminAccount(auth);

    await patch(other.id, { roles: ['user'] }).expect(200);

    await withToken(auth, other).get('/api/admin/users').expect(401);
    const { body } = await refreshing(auth, other).expect(200);
    await withToken(auth, body).get('/api/admin/users').expect(403);
  });

  it('are suspended with all their sessions, and come back by a new login', async () => {
    const account = await anAccount(auth);
    const elsewhere = await loggedIn(auth, account);
    const { sid } = jwt.decode(account.token) as jwt.JwtPayload;
    await auth.call(validateSession, { session_id: sid }).expect(200, { valid: true, user_id: account.id });

    const { body } = await patch(account.id, { status: 'suspended' }).expect(200);

    expect(body.status).toBe('suspended');
    for (const each of [account, elsewhere]) {
      await withToken(auth, each).get('/api/auth/me').expect(401);
      await refreshing(auth, each).expect(401);
    }
    await auth.call(validateSession, { session_id: sid }).expect(200, { valid: false, user_id: null });
    const login = () => auth.as().post('/api/auth/login').send({ username: account.username, password: PASSWORD });
    expect((await login().expect(403)).body.code).toBe('account_suspended');

    await patch(account.id, { status: 'active' }).expect(200);
    await refreshing(auth, account).expect(401);
    const { body: again } = await login().expect(200);
    await withToken(auth, again).get('/api/auth/me').expect(200);
    const own = ({ subject }: { subject?: string }) => subject === account.id;
    const meta = metaOf(admin);
    expect((await auth.published(userStatusChanged)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, status: 'suspended', meta },
      { v: 1, user_id: account.id, status: 'active', meta },
    ]);
    expect((await auth.published(sessionRevoked)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, all: true, meta },
    ]);
  });

  it('change in roles and status at once, and not at all where nothing is new', async () => {
    const account = await anAccount(auth);
    await patch(account.id, { roles: ['user'], status: 'active' }).expect(200);
    await patch(account.id, {}).expect(200);
    await withToken(auth, account).get('/api/auth/me').expect(200);

    const { body } = await patch(account.id, { roles: ['admin'], status: 'suspended' }).expect(200);

    expect(body).toMatchObject({ roles: ['admin'], status: 'suspended' });
    const own = ({ subject }: { subject?: string }) => subject === account.id;
    expect((await auth.published(userRolesChanged)).filter(own).length).toBe(1);
    expect((await auth.published(userStatusChanged)).filter(own).length).toBe(1);
  });

  it('are erased by the status deleted, for good', async () => {
    const account = await anAccount(auth);

    const { body } = await patch(account.id, { status: 'deleted', roles: ['admin'] }).expect(200);

    expect(body).toMatchObject({
      username: null,
      email: null,
      roles: [],
      status: 'deleted',
      erasure: { requested_at: expect.any(String), services: {} },
    });
    await withToken(auth, account).get('/api/auth/me').expect(401);
    const told = (await auth.published(userDeleted)).filter(({ subject }) => subject === account.id);
    expect(told.map(({ data }) => data)).toEqual([{ v: 1, user_id: account.id, meta: metaOf(admin) }]);
    await patch(account.id, { status: 'deleted' }).expect(200);
    const back = await patch(account.id, { status: 'active' });
    expect([back.status, back.body]).toEqual([409, aProblem(409, 'user_deleted')]);
    await patch(account.id, { roles: ['admin'] }).expect(409);
    expect((await auth.published(userDeleted)).filter(({ subject }) => subject === account.id).length).toBe(1);
  });

  it('keep no way in when a suspension and many logins and refreshes meet', async () => {
    const account = await anAccount(auth);
    const sessions = await Promise.all(Array.from({ length: 6 }, () => loggedIn(auth, account)));
    const login = () => auth.as().post('/api/auth/login').send({ username: account.username, password: PASSWORD });

    const racing = [...sessions.map((session) => refreshing(auth, session)), ...Array.from({ length: 6 }, login)];
    const [, ...answers] = await Promise.all([patch(account.id, { status: 'suspended' }).expect(200), ...racing]);

    const tokens = answers.filter(({ status }) => status === 200).map(({ body }) => body as { token: string });
    for (const each of [...sessions, ...tokens]) await withToken(auth, each).get('/api/auth/me').expect(401);
    const { body } = await get(`/api/admin/users/${account.id}`).expect(200);
    expect(body.status).toBe('suspended');
    expect(await auth.ctx.sessions.count({ userId: account.id, now: new Date() })).toBe(0);
  });
});
