import { userProfileUpdated } from '@commons/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProblem,
  anAccount,
  anAdminAccount,
  buildAuth,
  loggedIn,
  metaOf,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('the own account', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  it('is shown with its roles', async () => {
    const admin = await anAdminAccount(auth);

    const { body } = await withToken(auth, admin).get('/api/auth/me').expect(200);

    expect(body).toEqual({
      id: admin.id,
      username: admin.username,
      email: admin.email,
      first_name: '',
      last_name: '',
      roles: ['user', 'admin'],
      status: 'active',
      email_verified: false,
      created_at: expect.any(String),
    });
  });

  it('answers 304 where nothing has changed', async () => {
    const account = await anAccount(auth);
    const { headers } = await withToken(auth, account).get('/api/auth/me').expect(200);

    await withToken(auth, account).get('/api/auth/me').set('if-none-match', headers['etag']!).expect(304);
  });

  it('changes what is given and keeps the rest', async () => {
    const account = await anAccount(auth, { first_name: 'Ann', last_name: 'Lee' });

    const { body } = await withToken(auth, account)
      .patch('/api/auth/me')
      .send({ first_name: 'Anna', email: 'Anna@Example.com' })
      .expect(200);

    expect(body).toEqual({
      id: account.id,
      username: account.username,
      email: 'Anna@Example.com',
      first_name: 'Anna',
      last_name: 'Lee',
      roles: ['user'],
      status: 'active',
      email_verified: false,
      created_at: expect.any(String),
    });
    expect((await withToken(auth, account).get('/api/auth/me')).body).toEqual(body);
    await loggedIn(auth, { ...account, username: 'anna@example.com' });
  });

  it('tells of new names, in order, and of nothing else', async () => {
    const account = await anAccount(auth);
    const patch = (body: object) => withToken(auth, account).patch('/api/auth/me').send(body).expect(200);

    await patch({ username: 'first_rename' });
    await patch({ last_name: 'Lee', username: 'first_rename' });
    await patch({ email: `moved-${account.id}@example.com`, last_name: 'Lee' });
    await patch({ username: 'First_Rename', first_name: 'Ann' });

    const told = (await auth.published(userProfileUpdated)).filter(({ subject }) => subject === account.id);
    const about = { v: 1, user_id: account.id, meta: metaOf(account) };
    expect(told.map(({ data }) => data)).toEqual([
      { ...about, username: 'first_rename', first_name: '', last_name: '', username_revision: 2 },
      { ...about, username: 'first_rename', first_name: '', last_name: 'Lee', username_revision: 3 },
      { ...about, username: 'First_Rename', first_name: 'Ann', last_name: 'Lee', username_revision: 4 },
    ]);
  });

  it('frees its old name', async () => {
    const account = await anAccount(auth, { username: 'old_name_here' });
    await withToken(auth, account).patch('/api/auth/me').send({ username: 'new_name_here' }).expect(200);

    await anAccount(auth, { username: 'OLD_name_here' });
  });

  it('refuses a name or e-mail that somebody else has, whatever its case', async () => {
    const other = await anAccount(auth);
    const account = await anAccount(auth);
    const patch = (body: object) => withToken(auth, account).patch('/api/auth/me').send(body);

    const sameName = await patch({ username: other.username.toLowerCase() });
    const sameEmail = await patch({ first_name: 'No', email: other.email.toUpperCase() });

    expect(sameName.status).toBe(400);
    expect(sameName.body).toEqual({
      ...aProblem(400, 'user_exists'),
      errors: [{ path: 'username', message: 'is taken' }],
    });
    expect(sameEmail.status).toBe(400);
    expect(sameEmail.body).toMatchObject({ code: 'user_exists', errors: [{ path: 'email', message: 'is taken' }] });
    expect((await withToken(auth, account).get('/api/auth/me')).body.first_name).toBe('');
  });

  it('lets one of many win who want the same name at once', async () => {
    const accounts = await Promise.all(Array.from({ length: 8 }, () => anAccount(auth)));

    const responses = await Promise.all(
      accounts.map((account) => withToken(auth, account).patch('/api/auth/me').send({ username: 'wanted_by_all' })),
    );

    const codes = responses
      .map(({ status, body }) => (status === 200 ? 'ok' : `${status} ${String(body.code)}`))
      .sort();
    expect(codes).toEqual([...Array.from({ length: 7 }, () => '400 user_exists'), 'ok']);
  });

  it.each([
    ['a null', { username: null }, 400],
    ['a number', { first_name: 7 }, 400],
    ['an array', { email: ['a@example.com'] }, 400],
    ['a bad username', { username: 'a b' }, 422],
    ['an empty username', { username: '' }, 422],
    ['no e-mail', { email: 'nowhere' }, 422],
    ['a long name', { last_name: 'x'.repeat(101) }, 422],
  ])('refuses %s', async (_what, body, status) => {
    const account = await anAccount(auth);

    await withToken(auth, account).patch('/api/auth/me').send(body).expect(status);
  });

  it('takes no roles, status or password from its owner', async () => {
    const account = await anAccount(auth);
    const { body: before } = await withToken(auth, account).get('/api/auth/me').expect(200);

    const { body } = await withToken(auth, account)
      .patch('/api/auth/me')
      .send({ roles: ['admin'], status: 'deleted', password: 'another horse', id: 'x', email_verified: true })
      .expect(200);

    expect(body).toEqual(before);
    await loggedIn(auth, account);
  });
});
