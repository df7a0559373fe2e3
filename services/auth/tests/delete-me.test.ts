import { sessionRevoked, userDataErased, userDeleted } from '@commons/contracts';
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

describe('deleting the own account', () => {
  let auth: AuthUnderTest;
  let admin: Account;
  beforeAll(async () => {
    auth = await buildAuth();
    admin = await anAdminAccount(auth);
  });
  afterAll(stopAll);

  const deleteMe = (account: Account, body: object = { password: PASSWORD }) =>
    withToken(auth, account).delete('/api/auth/me').send(body);
  const seenByAdmin = async (id: string) =>
    (await withToken(auth, admin).get(`/api/admin/users/${id}`).expect(200)).body as Record<string, unknown>;

  it('removes everything personal and ends every session', async () => {
    const account = await anAccount(auth, { first_name: 'Annabel', last_name: 'Leeward' });
    const elsewhere = await loggedIn(auth, account);

    const response = await deleteMe(account);

    expect([response.status, response.text]).toEqual([202, '']);
    await withToken(auth, account).get('/api/auth/me').expect(401);
    await withToken(auth, elsewhere).get('/api/auth/me').expect(401);
    await refreshing(auth, account).expect(401);
    await refreshing(auth, elsewhere).expect(401);
    await auth.as().post('/api/auth/login').send({ username: account.username, password: PASSWORD }).expect(401);
    await auth.settled();
    const collections = await auth.ctx.db.listCollections();
    const documents = await Promise.all(collections.map(({ name }) => auth.ctx.db.collection(name).find().toArray()));
    const text = JSON.stringify(documents).toLowerCase();
    for (const personal of [account.username, account.email, 'annabel', 'leeward'])
      expect(text).not.toContain(personal.toLowerCase());
  });

  it('is told to every service', async () => {
    const account = await anAccount(auth);

    await deleteMe(account).expect(202);

    const own = ({ subject }: { subject?: string }) => subject === account.id;
    const meta = metaOf(account);
    expect((await auth.published(userDeleted)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, meta },
    ]);
    expect((await auth.published(sessionRevoked)).filter(own).map(({ data }) => data)).toEqual([
      { v: 1, user_id: account.id, all: true, meta },
    ]);
  });

  it('frees name and e-mail', async () => {
    const account = await anAccount(auth);
    await deleteMe(account).expect(202);

    const { username, email } = account;
    const next = await anAccount(auth, { username, email });

    expect(next.id).not.toBe(account.id);
  });

  it('collects which services have reported that nothing is left', async () => {
    const account = await anAccount(auth);
    await deleteMe(account).expect(202);
    expect(await seenByAdmin(account.id)).toEqual({
      id: account.id,
      username: null,
      email: null,
      first_name: '',
      last_name: '',
      roles: [],
      status: 'deleted',
      email_verified: false,
      created_at: expect.any(String),
      erasure: { requested_at: expect.any(String), services: {} },
    });

    await auth.deliver(userDataErased, { user_id: account.id, service: 'post' }, { times: 3 });
    await auth.deliver(userDataErased, { user_id: account.id, service: 'like' });
    const { erasure } = await seenByAdmin(account.id);
    await auth.deliver(userDataErased, { user_id: account.id, service: 'post' });

    expect(erasure).toEqual({
      requested_at: expect.any(String),
      services: { post: expect.any(String), like: expect.any(String) },
    });
    expect((await seenByAdmin(account.id))['erasure']).toEqual(erasure);
  });

  it('takes no note of reports on users who are there, or unknown, or of odd names', async () => {
    const account = await anAccount(auth);
    const gone = await anAccount(auth);
    await deleteMe(gone).expect(202);

    await auth.deliver(userDataErased, { user_id: account.id, service: 'post' });
    await auth.deliver(userDataErased, { user_id: '66f2a1b0c3d4e5f60718293a', service: 'post' });
    await auth.deliver(userDataErased, { user_id: gone.id, service: '__proto__' });
    await auth.deliver(userDataErased, { user_id: gone.id, service: '$a.b' });

    expect((await seenByAdmin(account.id))['erasure']).toBeNull();
    const { services } = (await seenByAdmin(gone.id))['erasure'] as { services: object };
    expect(Object.keys(services).sort()).toEqual(['$a.b', '__proto__']);
  });

  it('needs the password', async () => {
    const account = await anAccount(auth);

    const wrong = await deleteMe(account, { password: 'wrong horse' });

    expect(wrong.status).toBe(403);
    expect(wrong.body).toEqual(aProblem(403, 'wrong_password'));
    await deleteMe(account, {}).expect(400);
    await deleteMe(account, { password: null }).expect(400);
    await deleteMe(account, { password: '' }).expect(422);
    await withToken(auth, account).delete('/api/auth/me').expect(400);
    await withToken(auth, account).get('/api/auth/me').expect(200);
  });

  it('twice at once is done once', async () => {
    const account = await anAccount(auth);

    const responses = await Promise.all([deleteMe(account), deleteMe(account)]);

    expect(responses.map(({ status }) => status).filter((status) => status !== 401)).toContain(202);
    const told = (await auth.published(userDeleted)).filter(({ subject }) => subject === account.id);
    expect(told.length).toBe(1);
  });
});
