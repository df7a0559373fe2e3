import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { decodePath, splitTarget } from '../api/clean-path.ts';
import { readBody } from '../api/read-body.ts';
import { PermanentError, StatusError } from '../resiliency/errors.ts';
import { hasRetries, runWithPolicy, type Policy } from '../resiliency/policy.ts';
import { callTarget, type CallContext } from './call-target.ts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { AppFailure, invocationFailure, noAppId } from './invocation-error.ts';
import { detectContentType, firstBytes } from './content-type.ts';
import { limitStream } from './limit-stream.ts';
import type { Call } from './send-call.ts';
import { pump } from './pump.ts';
import { findTarget, type InvocationTarget } from './target.ts';

/** Everything that an invocation needs, of one sidecar. */
export type InvocationContext = CallContext & { maxBodyBytes: number; daprApiToken: string | undefined };

/** Serves a request that may be a service invocation, in any of its three forms; throws a 404 when it names no app. */
export async function serveInvocation(
  context: InvocationContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, query } = splitTarget(request.url ?? '/');
  const target = findTarget(decodePath(path), request.headers);
  if (!target) throw noAppId();

  const isStreaming = request.headers['content-length'] === undefined && 'transfer-encoding' in request.headers;
  const policy = context.resiliency.policyOf({ kind: 'app', name: target.id, endpoint: endpointOf(context, target) });
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const body = await takeBody(request, hasRetries(policy) && !isStreaming, context.maxBodyBytes);
    const excess = excessOf(request, context.maxBodyBytes);
    const headers = requestHeaders(request.headers, context.daprApiToken !== undefined);
    const call = { target, verb: verbOf(request.method), headers, body, query, isStreaming, excess };
    await runWithPolicy(
      policy,
      async (signal) => relay(await callTarget(context, { ...call, signal }), response, isStreaming, policy),
      { signal: gone.signal },
    );
  } catch (error) {
    if (response.writableFinished) return;
    if (response.headersSent || response.destroyed) response.destroy();
    else if (error instanceof AppFailure) sendFailure(response, error);
    else throw invocationFailure(target.id, error);
  }
}

function endpointOf(context: InvocationContext, { id, method }: InvocationTarget): string {
  if (/^https?:\/\//.test(id)) return `${id}/${method}`;
  return `${id}:${context.endpoints.get(id)?.baseUrl ?? method}`;
}

const VERBS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** What Dapr's protocol has no name for becomes a POST. */
function verbOf(method = 'GET'): string {
  return VERBS.has(method) ? method : 'POST';
}

/** The body as a stream, or whole where it may have to be sent again. */
async function takeBody(
  request: IncomingMessage,
  isReplayed: boolean,
  maxBytes: number,
): Promise<Buffer | Readable | undefined> {
  const length = request.headers['content-length'];
  if (length === '0' || (length === undefined && !('transfer-encoding' in request.headers))) return undefined;
  if (Number(length) > maxBytes) return undefined;
  if (isReplayed) return readBody(request, maxBytes);
  return length === undefined ? limitStream(request, maxBytes) : request;
}

function excessOf(request: IncomingMessage, limit: number): Call['excess'] {
  const length = request.headers['content-length'];
  return length !== undefined && Number(length) > limit ? { length, limit } : undefined;
}

/** Hands a good answer on as it comes; turns a bad one into an error, so that the policies see it. */
async function relay(
  answer: IncomingMessage,
  response: ServerResponse,
  isStreaming: boolean,
  policy: Policy | undefined,
): Promise<void> {
  const status = answer.statusCode ?? 502;
  const headers = responseHeaders(answer.headers, status);
  const isFailure = status < 200 || status > 399;
  if (isFailure && !isStreaming) throw new AppFailure(status, headers, await readBody(answer, Infinity));
  const isNamed = headers['content-type'] !== undefined || status === 304;
  const first = isNamed ? undefined : await nameType(answer, headers);
  response.writeHead(status, headers);
  await pump(answer, response, first);
  if (isFailure && policy) throw new PermanentError(new StatusError(status, 'streaming request failed'));
}

/** Go's server looks at the first bytes of a body that says not what it is. They are taken from the answer. */
async function nameType(answer: IncomingMessage, headers: OutgoingHttpHeaders): Promise<Buffer | undefined> {
  const first = await firstBytes(answer);
  if (first) headers['content-type'] = detectContentType(first);
  return first;
}

function sendFailure(response: ServerResponse, { status, headers, body }: AppFailure): void {
  headers['content-type'] ??= 'application/json';
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}
