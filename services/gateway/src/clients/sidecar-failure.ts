import type { IncomingMessage } from 'node:http';
import { BadGateway, ContentTooLarge, fromSidecar, HttpError, ServiceUnavailable } from '@commons/platform';
import { z } from 'zod';

const daprError = z.object({ errorCode: z.string(), message: z.string() });

const MAX_BYTES = 64 * 1024;

/**
 * Whether an answer is the sidecar's own, or a broken one: services say what is wrong as `problem+json`, and only that
 * is passed back.
 */
export function isOwnFailure({ statusCode = 0, headers }: IncomingMessage): boolean {
  return statusCode >= 400 && !headers['content-type']?.startsWith('application/problem+json');
}

/** What the sidecar's own failure means for the client. Reads its body, which is small. */
export async function readFailure(
  answer: IncomingMessage,
  { method, maxBodyBytes }: { method: string; maxBodyBytes: number },
): Promise<HttpError> {
  const text = await readText(answer);
  const cause = new Error(`the sidecar answered ${answer.statusCode}: ${text}`);
  const { errorCode, message } = daprError.safeParse(parseJson(text)).data ?? {};
  const isInvocation = answer.statusCode === 500 && errorCode === 'ERR_DIRECT_INVOKE' && message !== undefined;
  if (isInvocation && message.includes('stream too large')) return new ContentTooLarge(maxBodyBytes);
  if (isInvocation) return fromSidecar(message, cause);
  if (answer.statusCode === 413) return new ContentTooLarge(maxBodyBytes);
  if (answer.statusCode === 431) return new HttpError(431, 'The headers are too long.', { code: 'headers_too_long' });
  if (answer.statusCode === 500 && method === 'HEAD')
    return new ServiceUnavailable('A service is away at the moment.', cause);
  return new BadGateway(cause);
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
