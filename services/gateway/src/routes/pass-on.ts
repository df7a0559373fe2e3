import { currentRequest } from '@commons/platform';
import type { Request, Response } from 'express';
import type { GatewayContext } from '../context.ts';
import { findTarget } from '../domain/find-target.ts';
import { safeTarget } from '../domain/safe-target.ts';
import { limitRate } from '../use-cases/limit-rate.ts';
import { clientHeaders } from './client-headers.ts';

/** Passes a request on to the service that answers its path: route (404, 405), rate (429) and size (413) are judged here. */
export function passOn(ctx: GatewayContext) {
  return async (request: Request, response: Response): Promise<void> => {
    const { path, query } = safeTarget(request.url);
    const target = findTarget(request.method, path);
    if ('allow' in target) {
      response.status(204).set('allow', target.allow.join(', ')).end();
      return;
    }
    nameRoute(request, target.prefix);
    const added = clientHeaders(ctx, request, currentRequest()?.requestId ?? '');
    const who = { address: added['x-client-ip'], authorization: request.headers.authorization };
    response.set(await limitRate(ctx.rateLimits, who));
    if (ctx.config.CORS_ORIGINS !== 'none') response.set('cross-origin-resource-policy', 'cross-origin');
    await ctx.sidecar.passOn(request, response, { ...target, path: `${target.path}${query}`, added });
  };
}

/** Metrics, spans and logs are by the prefix: a path with an id would be a label of its own. */
function nameRoute(request: Request, prefix: string): void {
  request.route = { path: prefix };
}
