import type { Request } from 'express';

/** The pattern that a request matched, so that logs and metrics do not grow with ids. */
export function routeOf(request: Request): string {
  const matched = request.route as { path?: unknown } | undefined;
  return typeof matched?.path === 'string' ? matched.path : 'unmatched';
}
