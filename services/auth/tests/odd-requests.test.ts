import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anAccount,
  anAdminAccount,
  buildAuth,
  withToken,
  type Account,
  type AuthUnderTest,
  stopAll,
} from './auth-under-test.ts';

const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '💥'.repeat(20),
  '\u202eadmin',
  '$where',
  '__proto__',
  'constructor',
  '{"$gt":""}',
  "' OR 1=1 --",
  '../../etc/passwd',
  '%00%ff',
  'x'.repeat(50_000),
];
const ODD_VALUES: unknown[] = [
  ...ODD_TEXTS,
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  [[]],
  {},
  { $ne: null },
  { $gt: '' },
  { toString: 'x' },
];

describe('an odd request', () => {
  let auth: AuthUnderTest;
  let account: Account;
  let admin: Account;
  beforeAll(async () => {
    auth = await buildAuth({ environment: { LOGIN_FAILURES: '1000' } });
    account = await anAccount(auth);
    admin = await anAdminAccount(auth);
  });
  afterAll(stopAll);

  const bodies: [string, string, string[]][] = [
    ['post', '/api/auth/register', ['username', 'email', 'password', 'first_name']],
    ['post', '/api/auth/login', ['username', 'email', 'password']],
    ['post', '/api/auth/refresh', ['refresh_token']],
    ['patch', '/api/auth/me', ['username', 'email', 'first_name', 'last_name']],
    ['delete', '/api/auth/me', ['password']],
    ['post', '/api/auth/password', ['current_password', 'new_password']],
    ['patch', '/api/admin/users/66f2a1b0c3d4e5f60718293a', ['roles', 'status']],
  ];

  it.each(bodies)(
    'to %s %s is refused, or taken for what it says, and never a failure',
    async (method, path, fields) => {
      const client = withToken(auth, admin);
      const send = (body: string) => client[method as 'post'](path).set('content-type', 'application/json').send(body);
      const fine = { username: 'odd_name', email: 'odd@example.com', password: 'long enough' };

      const whole = ODD_VALUES.map((value) => JSON.stringify(value));
      const inFields = fields.flatMap((field) =>
        ODD_VALUES.map((value) => JSON.stringify({ ...fine, password: 'wrong one', [field]: value })),
      );
      const broken = ['{', '{"a":', '[1,]', 'nul', '\u0000', '{"__proto__":{"username":"x"}}', '{"constructor":{}}'];

      for (const body of [...whole, ...inFields, ...broken]) {
        const { status } = await send(body);
        expect({ body: body.slice(0, 100), isFailure: status >= 500 }).toEqual({
          body: body.slice(0, 100),
          isFailure: false,
        });
      }
    },
  );

  it('with an odd query is refused or empty', async () => {
    const client = withToken(auth, admin);
    const fields = ['page', 'limit', 'cursor', 'q', 'status', 'role'];
    const values = [...ODD_TEXTS.slice(0, -1), '1e9', '-1', '1.5', '99999999999999999999', 'WyJ4Il0', 'bnVsbA'];
    for (const field of fields) {
      for (const value of values) {
        const text = encodeURIComponent(value.toWellFormed());
        for (const query of [`${field}=${text}`, `${field}=${text}&${field}=2`, `${field}[$gt]=${text}`]) {
          const { status } = await client.get(`/api/admin/users?${query}`);
          expect({ query, isFine: [200, 400].includes(status) }).toEqual({ query, isFine: true });
        }
      }
    }
  });

  it('for an odd id is a bad request', async () => {
    const client = withToken(auth, admin);
    for (const text of ODD_TEXTS.filter((each) => each.trim() !== '' && each.length < 1_000)) {
      const id = encodeURIComponent(text.toWellFormed());
      const { status } = await client.get(`/api/admin/users/${id}`);
      expect({ text, status }).toEqual({ text, status: 400 });
    }
  });

  it('of another type or size is refused as such', async () => {
    const login = () => auth.as().post('/api/auth/login');

    await login().set('content-type', 'text/plain').send('username=a').expect(415);
    await login().type('form').send({ username: 'a', password: 'b' }).expect(415);
    await login()
      .send({ username: 'a', password: 'x'.repeat(102_400) })
      .expect(413);
    await login().set('content-type', 'application/json').send('{').expect(400);
  });

  it('with another method is 405 and says which there are', async () => {
    const response = await withToken(auth, account).put('/api/auth/me').send({});

    expect(response.status).toBe(405);
    expect(response.headers['allow']!.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']);
    await auth.as().get('/api/auth/login').expect(405);
  });

  it('for what this service does not do is 404', async () => {
    await auth.as().post('/api/auth/password/forgot').send({ email: 'a@example.com' }).expect(404);
    await auth.as().post('/api/auth/password/reset').send({}).expect(404);
    await auth.as().post('/api/auth/email/verify').send({}).expect(404);
    await auth.as().get('/api/auth/oauth/google').expect(404);
    await auth.as().post('/api/auth/oauth').send({}).expect(404);
  });

  it('can be told from a good one by the description of the routes', async () => {
    const { body } = await auth.as().get('/internal/openapi').expect(200);

    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/auth/register', '/api/auth/login', '/api/auth/me', '/api/admin/users/{id}']),
    );
    expect(body.paths['/api/auth/login'].post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['password'],
      properties: { username: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' } },
    });
  });

  it('with a slash at the end is no odd one', async () => {
    await withToken(auth, account).get('/api/auth/me/').expect(200);
    await auth.as().get('/.well-known/jwks.json/').expect(200);
  });
});
