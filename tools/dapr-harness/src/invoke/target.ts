import type { IncomingHttpHeaders } from 'node:http';
import { cleanPath } from '../api/clean-path.ts';

/** Whom a request invokes: an app id (or URL, or HTTPEndpoint name) and the method path, without its leading slash. */
export type InvocationTarget = { id: string; method: string };

const HEADER = 'dapr-app-id';

/**
 * Finds the target in the header `dapr-app-id`, in Basic credentials with the user `dapr-app-id`, or in the path
 * `/v1.0/invoke/<id>/method/<method>`. `path` is percent-decoded and not cleaned.
 */
export function findTarget(path: string, headers: IncomingHttpHeaders): InvocationTarget | undefined {
  const named = headers[HEADER];
  if (typeof named === 'string' && named !== '') return { id: named, method: withoutSlash(cleanPath(path)) };
  const credential = basicAppId(headers.authorization);
  if (credential !== undefined) return { id: credential, method: withoutSlash(cleanPath(path)) };
  return targetInPath(path);
}

function basicAppId(authorization: string | undefined): string | undefined {
  if (!authorization?.startsWith('Basic ')) return undefined;
  const pair = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
  return pair.length === 2 && pair[0]?.toLowerCase() === HEADER ? pair[1] : undefined;
}

function targetInPath(path: string): InvocationTarget | undefined {
  const rest = /^\/+v1\.0\/+invoke\/+(.*)$/s.exec(path)?.[1];
  const end = rest?.indexOf('/method/') ?? -1;
  if (rest === undefined || end <= 0) return undefined;
  const method = cleanPath(rest.slice(end + '/method/'.length));
  return { id: decodeId(rest.slice(0, end)), method: method === '.' ? '' : method };
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id.replaceAll('+', ' ')) || id;
  } catch {
    return id;
  }
}

function withoutSlash(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}
