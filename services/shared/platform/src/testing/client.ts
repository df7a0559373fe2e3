import { pathOfCall, type CallDefinition } from '@commons/contracts';
import type { Express } from 'express';
import supertest, { type Test } from 'supertest';
import type { z } from 'zod';
import type { TestUser, TokenMaker } from './fake-users.ts';

/** Requests to the service under test, in somebody's name. */
export type Client = Record<'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options', (path: string) => Test>;

/** Base of links in answers, as the gateway would say it. */
export const PUBLIC_URL = 'http://commons.test';

/** @param user in whose name; left out, nobody's. */
export function createClient(app: Express, tokens: TokenMaker, user?: TestUser): Client {
  const agent = supertest(app);
  const send =
    (method: keyof Client) =>
    (path: string): Test => {
      const request = agent[method](path)
        .set('x-public-base-url', PUBLIC_URL)
        .set('x-client-ip', '203.0.113.7')
        .set('user-agent', 'jest');
      return user ? request.set('authorization', `Bearer ${tokens.tokenFor(user)}`) : request;
    };
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

export type CallOptions = { as?: TestUser; caller?: string };

/** Asks the service under test as another service would; `caller` defaults to the first that may. */
export function requestCall<Call extends CallDefinition>(
  app: Express,
  tokens: TokenMaker,
  call: Call,
  input: z.input<Call['input']>,
  { as, caller }: CallOptions = {},
): Test {
  const [first = 'post'] = call.callers;
  return createClient(app, tokens, as)
    .post(pathOfCall(call))
    .set('dapr-caller-app-id', caller ?? (first === '*' ? 'post' : first))
    .send(input);
}
