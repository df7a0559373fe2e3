import { timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Unauthorized } from './errors.ts';

/** Probes and scrapers come by themselves, not through the sidecar. */
const OPEN_PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/** Lets in only what the service's own sidecar sends: it knows the app's token. */
export function requireAppToken(token: string) {
  const expected = Buffer.from(token);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const given = Buffer.from(request.get('dapr-api-token') ?? '');
    const isOurSidecar = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isOurSidecar && !OPEN_PATHS.has(request.path))
      throw new Unauthorized('This app takes requests from its sidecar only.', 'not_the_sidecar');
    next();
  };
}
