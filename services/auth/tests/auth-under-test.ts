import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Environment, Service } from '@commons/platform';
import { createService, type Clock } from '@commons/platform';
import { buildService, type Client, type ServiceUnderTest } from '@commons/platform/testing';
import type { AuthContext } from '../src/context.ts';
import { service } from '../src/service.ts';

export type AuthUnderTest = ServiceUnderTest<AuthContext>;

export const PASSWORD = 'correct horse';

/** A request as the client of a test sends it. */
type Test = ReturnType<Client['get']>;

type BuildOptions = { environment?: Environment; clock?: Clock; secrets?: Record<string, string> };

const started: { stop(): Promise<void> }[] = [];

/** Stops all that a test file has started, the latest first, whatever became of its tests. */
export async function stopAll(): Promise<void> {
  for (const each of started.splice(0).reverse()) await each.stop();
}

function stoppable<T extends { stop(): Promise<void> }>(one: T): T {
  started.push(one);
  return one;
}

/** auth with cheap password hashes and a key of its own to encrypt with. */
export async function buildAuth({ environment = {}, clock, secrets }: BuildOptions = {}): Promise<AuthUnderTest> {
  const auth = await buildService(service, {
    isAuth: true,
    environment: { BCRYPT_COST: '4', ...environment },
    secrets: secrets ?? { 'auth-key-encryption-key': randomBytes(32).toString('base64') },
    ...(clock && { clock }),
  });
  return stoppable(auth);
}

/** A second replica of auth, on the same database and behind the same sidecar. */
export async function startReplica(
  auth: AuthUnderTest,
  { environment = {}, clock = auth.ctx.clock }: { environment?: Environment; clock?: Clock } = {},
): Promise<Service<AuthContext>> {
  const { MONGODB_URI, DATABASE_PREFIX, DAPR_HTTP_PORT } = auth.ctx.config;
  const replica = await createService(service, {
    environment: {
      MONGODB_URI,
      DATABASE_PREFIX,
      DAPR_HTTP_PORT: String(DAPR_HTTP_PORT),
      BCRYPT_COST: '4',
      LOG_LEVEL: 'silent',
      REVOCATION_POLL_MS: '50',
      VALIDATE_ANSWERS: 'true',
      ...environment,
    },
    clock,
  });
  return stoppable(replica);
}

/** Somebody with an account, signed in. */
export type Account = {
  id: string;
  username: string;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
};

let counter = 0;

/** Registers somebody whom no other test knows. */
export async function anAccount(auth: AuthUnderTest, fields: Record<string, string> = {}): Promise<Account> {
  counter += 1;
  const registration = {
    username: `Person${counter}`,
    email: `Person${counter}@Example.com`,
    password: PASSWORD,
    ...fields,
  };
  const { body } = await auth.as().post('/api/auth/register').send(registration).expect(201);
  const { id, username, email, token, refresh_token: refreshToken } = body;
  return { id, username, email, password: registration.password, token, refreshToken };
}

/** Signs an account in once more. */
export async function loggedIn(auth: AuthUnderTest, account: Account): Promise<Account> {
  const { username, password } = account;
  const { body } = await auth.as().post('/api/auth/login').send({ username, password }).expect(200);
  return { ...account, token: body.token, refreshToken: body.refresh_token };
}

/** An admin with an account. */
export async function anAdminAccount(auth: AuthUnderTest): Promise<Account> {
  const account = await anAccount(auth);
  await auth.ctx.transaction((tx) => auth.ctx.users.setRoles(account.id, ['user', 'admin'], tx));
  return loggedIn(auth, account);
}

/** Requests with an access token. */
export function withToken(auth: Pick<AuthUnderTest, 'as'>, { token }: { token: string }): Client {
  const client = auth.as();
  const send =
    (method: keyof Client) =>
    (path: string): Test =>
      client[method](path).set('authorization', `Bearer ${token}`);
  return {
    get: send('get'),
    post: send('post'),
    put: send('put'),
    patch: send('patch'),
    delete: send('delete'),
    head: send('head'),
    options: send('options'),
  };
}

/** Exchanges a refresh token. */
export const refreshing = (auth: AuthUnderTest, { refreshToken }: { refreshToken: string }): Test =>
  auth.as().post('/api/auth/refresh').send({ refresh_token: refreshToken });

/** Who and from where, as events that a test's requests lead to say it. */
export const metaOf = (account?: { id: string }) => ({
  actor_id: account?.id ?? null,
  ip: '203.0.113.7',
  user_agent: 'jest',
});

/** A problem as the API gives it. */
export const aProblem = (status: number, code: string) =>
  ({
    type: 'about:blank',
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code,
    trace_id: expect.any(String),
  }) as Record<string, unknown>;
