import { userRegistered } from '@commons/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  aProblem,
  anAccount,
  buildAuth,
  metaOf,
  PASSWORD,
  withToken,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

describe('registration', () => {
  let auth: AuthUnderTest;
  beforeAll(async () => {
    auth = await buildAuth();
  });
  afterAll(stopAll);

  const register = (body: object) => auth.as().post('/api/auth/register').send(body);
  const fields = { username: 'Ann', email: 'Ann@Example.com', password: PASSWORD };

  it('makes an account, signs its owner in and tells of it', async () => {
    const response = await register({ ...fields, first_name: ' Ann ', last_name: 'Lee' }).expect(201);

    expect(response.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      username: 'Ann',
      email: 'Ann@Example.com',
      token: expect.any(String),
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      expires_in: 900,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(response.headers).toMatchObject({ location: '/api/auth/me', 'cache-control': 'no-store' });
    const { id, created_at, token } = response.body;
    const me = await withToken(auth, { token }).get('/api/auth/me').expect(200);
    expect(me.body).toEqual({
      id,
      username: 'Ann',
      email: 'Ann@Example.com',
      first_name: 'Ann',
      last_name: 'Lee',
      roles: ['user'],
      status: 'active',
      email_verified: false,
      created_at,
    });
    expect((await auth.published(userRegistered)).map(({ subject, data }) => ({ subject, data }))).toEqual([
      {
        subject: id,
        data: {
          v: 1,
          user_id: id,
          username: 'Ann',
          email: 'Ann@Example.com',
          first_name: 'Ann',
          last_name: 'Lee',
          created_at,
          username_revision: 1,
          meta: metaOf(),
        },
      },
    ]);
  });

  it('gives an access token with the claims of the contract', async () => {
    const account = await anAccount(auth);

    const decoded = jwt.decode(account.token, { complete: true });

    expect(decoded?.header).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) });
    const payload = decoded?.payload as jwt.JwtPayload;
    expect(payload).toEqual({
      sub: account.id,
      username: account.username,
      roles: ['user'],
      sid: expect.stringMatching(/^[0-9a-f]{24}$/),
      iss: 'https://commons.local',
      aud: 'commons',
      iat: expect.any(Number),
      exp: payload.iat! + 900,
    });
  });

  it('refuses a name or e-mail that somebody has, whatever its case', async () => {
    const taken = await anAccount(auth);

    const sameName = await register({ ...fields, username: taken.username.toUpperCase(), email: 'new@example.com' });
    const sameEmail = await register({ ...fields, username: 'new_name', email: taken.email.toUpperCase() });

    expect(sameName.status).toBe(400);
    expect(sameName.body).toEqual({
      ...aProblem(400, 'user_exists'),
      errors: [{ path: 'username', message: 'is taken' }],
    });
    expect(sameEmail.status).toBe(400);
    expect(sameEmail.body).toEqual({
      ...aProblem(400, 'user_exists'),
      errors: [{ path: 'email', message: 'is taken' }],
    });
  });

  it('lets one of many win who want the same name at once', async () => {
    const attempts = Array.from({ length: 12 }, (_, index) =>
      register({ ...fields, username: index % 2 ? 'Racer' : 'rACER', email: `racer${index}@example.com` }),
    );

    const responses = await Promise.all(attempts);

    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 400)]);
    const codes = responses.filter(({ status }) => status === 400).map(({ body }) => body.code);
    expect(new Set(codes)).toEqual(new Set(['user_exists']));
  });

  it.each([
    ['no body', undefined],
    ['no username', { email: fields.email, password: PASSWORD }],
    ['no email', { username: 'x_y_z', password: PASSWORD }],
    ['no password', { username: 'x_y_z', email: fields.email }],
    ['a null', { ...fields, username: null }],
    ['a number', { ...fields, password: 12_345_678 }],
    ['an array', { ...fields, email: [fields.email] }],
    ['an object', { ...fields, username: { $gt: '' } }],
    ['a first name of a wrong type', { ...fields, first_name: 7 }],
  ])('answers 400 to %s', async (_what, body) => {
    const response = await auth
      .as()
      .post('/api/auth/register')
      .set('content-type', 'application/json')
      .send(body && JSON.stringify(body));

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'invalid_request', errors: expect.any(Array) });
  });

  it.each([
    ['a short username', { username: 'ab' }],
    ['a long username', { username: 'a'.repeat(33) }],
    ['a username of other signs', { username: 'ann lee' }],
    ['a username with a line end', { username: 'annlee\n' }],
    ['a username of other letters', { username: 'änn_lee' }],
    ['no e-mail', { email: 'nowhere' }],
    ['a long e-mail', { email: `${'a'.repeat(250)}@example.com` }],
    ['a password of 7 bytes', { password: '1234567' }],
    ['a password of 73 bytes', { password: 'a'.repeat(73) }],
    ['a password of 72 characters in 73 bytes', { password: `${'a'.repeat(71)}é` }],
    ['a long first name', { first_name: 'a'.repeat(101) }],
  ])('answers 422 to %s', async (_what, change) => {
    const response = await register({
      username: 'rule_breaker',
      email: 'rule@example.com',
      password: PASSWORD,
      ...change,
    });

    expect(response.status).toBe(422);
    expect(response.body).toEqual({
      ...aProblem(422, 'rule_broken'),
      errors: [{ path: Object.keys(change)[0], message: expect.any(String) }],
    });
  });

  it('takes passwords of 8 and of 72 bytes whole', async () => {
    const short = await anAccount(auth, { password: '12345678' });
    const long = await anAccount(auth, { password: `${'é'.repeat(35)}ab` });

    const login = (username: string, password: string) =>
      auth.as().post('/api/auth/login').send({ username, password });

    await login(short.username, '12345678').expect(200);
    await login(long.username, `${'é'.repeat(35)}ab`).expect(200);
    await login(long.username, `${'é'.repeat(35)}ac`).expect(401);
    await login(long.username, `${'é'.repeat(35)}abc`).expect(401);
  });

  it('ignores Idempotency-Key and keeps no answer', async () => {
    const send = (username: string) =>
      auth
        .as()
        .post('/api/auth/register')
        .set('idempotency-key', 'one')
        .send({ username, email: `${username}@example.com`, password: PASSWORD });

    await send('first_one').expect(201);
    await send('second_one').expect(201);
    await send('second_one').expect(400);
  });

  it('keeps neither password nor token in the clear', async () => {
    const account = await anAccount(auth);

    const collections = await auth.ctx.db.listCollections();
    const documents = await Promise.all(collections.map(({ name }) => auth.ctx.db.collection(name).find().toArray()));

    const text = JSON.stringify(documents);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(account.token);
    expect(text).not.toContain(account.refreshToken);
  });
});
