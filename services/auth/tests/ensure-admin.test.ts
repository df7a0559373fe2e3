import { passwordChanged, userRegistered, userRolesChanged } from '@commons/contracts';
import { InvalidConfiguration } from '@commons/platform';
import { until } from '@commons/platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  anAccount,
  buildAuth,
  PASSWORD,
  startReplica,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const environment = { ADMIN_USERNAME: 'Root_User', ADMIN_PASSWORD: 'a good long one' };

describe('the admin of the configuration', () => {
  afterEach(stopAll);

  const login = (auth: AuthUnderTest, password = environment.ADMIN_PASSWORD, username = 'root_user') =>
    auth.as().post('/api/auth/login').send({ username, password });

  it('is made at the start, once for all replicas', async () => {
    const auth = await buildAuth();
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(auth, { environment })));
    replicas.push(await startReplica(auth, { environment }));

    const { body } = await login(auth).expect(200);
    const me = await withToken(auth, body).get('/api/auth/me').expect(200);
    const told = (await auth.published(userRegistered)).map(({ data }) => data);

    expect(me.body).toMatchObject({
      username: 'Root_User',
      email: 'Root_User@commons.local',
      roles: ['user', 'admin'],
    });
    expect(told).toEqual([expect.objectContaining({ user_id: me.body.id, username: 'Root_User' })]);
  });

  it('gets the role and password of the configuration where there was a user of that name', async () => {
    const auth = await buildAuth();
    const account = await anAccount(auth, { username: 'root_user' });

    await startReplica(auth, { environment });

    const me = () => withToken(auth, account).get('/api/auth/me');
    await until(async () => (await me()).status === 401, 'the end of the old session');
    await login(auth, PASSWORD).expect(401);
    const { body } = await login(auth).expect(200);
    await withToken(auth, body).get('/api/admin/users').expect(200);
    expect((await auth.published(passwordChanged)).map(({ subject }) => subject)).toEqual([account.id]);
    expect((await auth.published(userRolesChanged)).map(({ data }) => data)).toEqual([
      expect.objectContaining({ user_id: account.id, roles: ['user', 'admin'] }),
    ]);
  });

  it('keeps its sessions where nothing has changed', async () => {
    const auth = await buildAuth({ environment });
    const { body } = await login(auth).expect(200);

    await startReplica(auth, { environment });

    await withToken(auth, body).get('/api/auth/me').expect(200);
    expect(await auth.published(passwordChanged)).toEqual([]);
  });

  it('has the e-mail of the configuration', async () => {
    const auth = await buildAuth({ environment: { ...environment, ADMIN_EMAIL: 'ops@example.com' } });

    const response = await login(auth, environment.ADMIN_PASSWORD, 'ops@example.com');

    expect(response.status).toBe(200);
  });

  it('is refused where the e-mail is somebody else’s', async () => {
    const auth = await buildAuth();
    await anAccount(auth, { email: 'taken@example.com' });

    const starting = startReplica(auth, { environment: { ...environment, ADMIN_EMAIL: 'taken@example.com' } });

    await expect(starting).rejects.toThrow('ADMIN_EMAIL: taken@example.com is the e-mail of another user');
  });

  it.each([
    ['a short password', { ADMIN_PASSWORD: 'short' }, /ADMIN_PASSWORD: must have 8 bytes or more/],
    ['a long password', { ADMIN_PASSWORD: 'x'.repeat(73) }, /ADMIN_PASSWORD: must have 72 bytes or fewer/],
    ['an obvious password', { ADMIN_PASSWORD: 'Password' }, /ADMIN_PASSWORD: must not be an obvious one/],
    ['its name for a password', { ADMIN_PASSWORD: 'ROOT_USER' }, /ADMIN_PASSWORD: must not be the name/],
    ['one letter for a password', { ADMIN_PASSWORD: 'aaaaaaaaaa' }, /ADMIN_PASSWORD: must have 4 different/],
    ['no password', { ADMIN_PASSWORD: '' }, /ADMIN_PASSWORD: must be set/],
    ['no name', { ADMIN_USERNAME: '' }, /ADMIN_USERNAME: must be set/],
    ['a bad name', { ADMIN_USERNAME: 'the root' }, /ADMIN_USERNAME: must be 3 to 32/],
    ['a bad e-mail', { ADMIN_EMAIL: 'nowhere' }, /ADMIN_EMAIL: must be an e-mail/],
  ])('is refused with %s, and the service says why', async (_what, change, words) => {
    const building = buildAuth({ environment: { ...environment, ...change } });

    await expect(building).rejects.toThrow(words);
    await expect(building).rejects.toBeInstanceOf(InvalidConfiguration);
  });
});
