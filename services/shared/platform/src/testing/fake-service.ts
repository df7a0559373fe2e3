import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getJwks, listRevocations, pathOfCall, type CallDefinition, type Revocation } from '@commons/contracts';
import jwt from 'jsonwebtoken';
import type { z } from 'zod';
import type { Jwk } from '../auth/jwks.ts';
import { problemOf, asHttpError } from '../http/problem.ts';

/** A call that another service answers in a test. */
export type FakeCall = {
  call: CallDefinition;
  /** `userId` is whom the token names, without a look at its signature. */
  answer: (input: never, userId: string | undefined) => unknown;
  /** What was asked so far. */
  inputs: unknown[];
};

/**
 * Answers a call in place of the service that owns it; throw an HttpError to refuse.
 * @example fakeCall(setLike, () => ({ liked: true, likes_count: 1 }))
 */
export function fakeCall<Call extends CallDefinition>(
  call: Call,
  answer: (input: z.output<Call['input']>, userId: string | undefined) => z.input<Call['output']>,
): FakeCall {
  return { call, answer: answer, inputs: [] };
}

/** What `auth` answers every service: its keys, and the sessions that a test has ended. */
export function fakeAuth(jwks: Jwk[], revocations: Revocation[]): FakeCall[] {
  return [
    fakeCall(getJwks, () => ({ keys: jwks })),
    fakeCall(listRevocations, () => ({ revocations, as_of: new Date().toISOString() })),
  ];
}

export type FakeApp = { port: number; close(): Promise<void> };

/** An app that answers the given calls, and `otherwise` what is none of them: 404 where it is left out. It wants nothing of its sidecar. */
export async function startFakeApp(fakes: FakeCall[], otherwise = notFound): Promise<FakeApp> {
  // As long as a service's own: a connection that is closed just as it is used again would be taken for a failure.
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const fake = fakes.find(({ call }) => pathOfCall(call) === request.url);
    if (fake) void respond(fake, request, response);
    else if (request.url?.startsWith('/dapr/')) notFound(request, response);
    else otherwise(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const notFound: RequestListener = (_request, response) => void response.writeHead(404).end();

async function respond(fake: FakeCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const input: unknown = fake.call.input.parse(JSON.parse(await readText(request)));
    fake.inputs.push(input);
    const answer = fake.answer(input as never, userOf(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch (error) {
    const refusal = asHttpError(error);
    response
      .writeHead(refusal.status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify(problemOf(refusal)));
  }
}

function userOf(request: IncomingMessage): string | undefined {
  const payload = jwt.decode(request.headers.authorization?.replace('Bearer ', '') ?? '');
  return typeof payload === 'object' ? payload?.sub : undefined;
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text === '' ? '{}' : text;
}
