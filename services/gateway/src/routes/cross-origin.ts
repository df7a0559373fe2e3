import cors, { type CorsOptions } from 'cors';
import type { NextFunction, Request, Response } from 'express';
import { originsOf } from '../domain/origins.ts';

const EXPOSED = [
  'ETag',
  'Link',
  'Location',
  'X-Total-Count',
  'X-Request-Id',
  'Retry-After',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Idempotency-Replayed',
  'WWW-Authenticate',
];

/** Lets pages of the configured origins use the API. A preflight ends here; an `OPTIONS` without one goes on. */
export function crossOrigin(configured: string) {
  const options: CorsOptions = {
    origin: originsOf(configured),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  };
  const preflight = cors(options);
  const ordinary = cors({ ...options, preflightContinue: true });
  return (request: Request, response: Response, next: NextFunction): void => {
    const isPreflight = request.method === 'OPTIONS' && request.get('access-control-request-method') !== undefined;
    (isPreflight ? preflight : ordinary)(request, response, next);
  };
}
