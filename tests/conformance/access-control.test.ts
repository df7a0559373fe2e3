import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import { configuration } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

/** Who calls: each is treated in a way of its own by the lists below. */
const FRIEND = 'acl-friend';
const GUEST = 'acl-guest';
const STRANGER = 'acl-stranger';
const FOREIGNER = 'acl-foreigner';

/** Who is called. */
const CLOSED = 'acl-closed';
const OPEN = 'acl-open';
const UNSAID = 'acl-unsaid';

let app: TestApp;
let target: Target;

const call = (from: string, to: string, path: string, method = 'GET') =>
  send(`${target.url(from)}/v1.0/invoke/${to}/method/${path}`, { method });
const statusOf = async (...args: Parameters<typeof call>) => (await call(...args)).status;

const policy = (appId: string, more: object) => ({ appId, namespace: 'default', trustDomain: 'public', ...more });
const operation = (name: string, action: string, ...httpVerb: string[]) => ({ name, action, httpVerb });

beforeAll(async () => {
  const paths = [
    '/',
    '/open',
    '/secret',
    '/secret/deep',
    '/one/a',
    '/one/a/b',
    '/all/a',
    '/all/a/b',
    '/mixed',
    '/Cased',
  ];
  app = await startApp(Object.fromEntries(paths.map((path) => [path, { body: { path } }])));
  target = await startTarget({
    hasIdentities: true,
    resources: [
      configuration('closed', {
        accessControl: {
          defaultAction: 'deny',
          trustDomain: 'public',
          policies: [
            policy(FRIEND, {
              defaultAction: 'allow',
              operations: [
                operation('/secret', 'deny', '*'),
                operation('/mixed', 'deny', 'POST', 'PUT'),
                operation('/cased', 'deny', '*'),
              ],
            }),
            policy(GUEST, {
              defaultAction: 'deny',
              operations: [
                operation('/open', 'allow', 'GET'),
                operation('/one/*', 'allow', '*'),
                operation('/all/**', 'allow', '*'),
                operation('no-slash', 'allow', '*'),
              ],
            }),
            policy(FOREIGNER, { trustDomain: 'elsewhere', defaultAction: 'allow' }),
          ],
        },
      }),
      configuration('open', {
        accessControl: {
          defaultAction: 'allow',
          trustDomain: 'public',
          policies: [policy(GUEST, { operations: [operation('/secret', 'deny', '*')] })],
        },
      }),
      configuration('unsaid', {
        accessControl: { trustDomain: 'public', policies: [policy(FRIEND, { defaultAction: 'deny' })] },
      }),
    ],
    apps: [
      ...[FRIEND, GUEST, STRANGER, FOREIGNER].map((id) => ({ id })),
      { id: CLOSED, appPort: app.port, config: 'closed' },
      { id: OPEN, appPort: app.port, config: 'open' },
      { id: UNSAID, appPort: app.port, config: 'unsaid' },
    ],
  });
}, 60_000);

afterAll(async () => {
  await target.close();
  await app.close();
});

describe('an invocation that the access control of the callee denies', () => {
  it('is answered 403, by whom and for what', async () => {
    const answers = [await call(STRANGER, CLOSED, 'open?query=1'), await call(FRIEND, CLOSED, 'secret', 'POST')];

    const denied = (caller: string, operationName: string, verb: string) => ({
      status: 403,
      body: {
        errorCode: 'ERR_DIRECT_INVOKE',
        message: `failed to invoke, id: ${CLOSED}, err: rpc error: code = PermissionDenied desc = access control policy has denied access to id: spiffe://public/ns/default/${caller} operation: ${operationName} verb: ${verb}`,
      },
    });
    expect(answers.map(jsonOf)).toEqual([denied(STRANGER, 'open', 'GET'), denied(FRIEND, 'secret', 'POST')]);
  });

  it('does not reach the app', async () => {
    app.clear();

    await call(STRANGER, CLOSED, 'open');

    expect(app.received).toEqual([]);
  });
});

describe('a list that denies by default', () => {
  it('lets nobody in who is not on it', async () => {
    expect([await statusOf(STRANGER, CLOSED, 'open'), await statusOf(STRANGER, CLOSED, '')]).toEqual([403, 403]);
  });

  it('lets those in whom it allows, but for what it denies them', async () => {
    expect([
      await statusOf(FRIEND, CLOSED, 'open'),
      await statusOf(FRIEND, CLOSED, ''),
      await statusOf(FRIEND, CLOSED, 'secret'),
      await statusOf(FRIEND, CLOSED, 'secret/deep'),
    ]).toEqual([200, 200, 403, 403]);
  });

  it('lets those in for what it allows them, and no more', async () => {
    expect([
      await statusOf(GUEST, CLOSED, 'open'),
      await statusOf(GUEST, CLOSED, 'open', 'POST'),
      await statusOf(GUEST, CLOSED, 'secret'),
      await statusOf(GUEST, CLOSED, 'no-slash'),
      await statusOf(GUEST, CLOSED, ''),
    ]).toEqual([200, 403, 403, 404, 403]);
  });

  it('knows methods', async () => {
    const methods = ['GET', 'POST', 'PUT', 'DELETE'];

    expect(await Promise.all(methods.map((method) => statusOf(FRIEND, CLOSED, 'mixed', method)))).toEqual([
      200, 403, 403, 200,
    ]);
  });

  it.each([
    ['one', 404],
    ['one/a', 200],
    ['one/a/b', 403],
    ['all', 404],
    ['all/a', 200],
    ['all/a/b', 200],
  ])('knows wildcards: %s', async (path, status) => {
    expect(await statusOf(GUEST, CLOSED, path)).toBe(status);
  });

  it('does not mind the case of a path', async () => {
    expect([await statusOf(FRIEND, CLOSED, 'Cased'), await statusOf(FRIEND, CLOSED, 'SECRET')]).toEqual([403, 403]);
  });

  it.each([
    'open/../secret',
    'open/%2e%2e/secret',
    '%73ecret',
    './secret',
    '//secret',
    'secret/',
    'secret%2F',
    'secret?a=b',
  ])('is not fooled by %s', async (path) => {
    expect(await statusOf(FRIEND, CLOSED, path)).toBe(403);
  });

  it('does not know those of another trust domain', async () => {
    expect(await statusOf(FOREIGNER, CLOSED, 'open')).toBe(403);
  });

  it('does not hold for the app itself', async () => {
    expect(await statusOf(CLOSED, CLOSED, 'secret')).toBe(200);
  });
});

describe('a list that allows by default', () => {
  it('lets in who is not on it', async () => {
    expect(await statusOf(STRANGER, OPEN, 'secret')).toBe(200);
  });

  it('is what a list is that says no default', async () => {
    expect([await statusOf(STRANGER, UNSAID, 'open'), await statusOf(FRIEND, UNSAID, 'open')]).toEqual([200, 403]);
  });

  it('keeps those out whom it denies something, of that alone', async () => {
    expect([await statusOf(GUEST, OPEN, 'secret'), await statusOf(GUEST, OPEN, 'open')]).toEqual([403, 200]);
  });
});

describe('an app without a list', () => {
  it('lets everybody in', async () => {
    expect(jsonOf(await call(OPEN, FRIEND, 'x'))).toMatchObject({
      status: 500,
      body: { message: expect.stringContaining('app channel is not initialized') },
    });
  });
});
