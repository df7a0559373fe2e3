import type { Server } from 'node:http';
import { HttpError } from '@commons/platform';
import type { Express, NextFunction, Request, Response } from 'express';
import type { GatewayContext } from '../context.ts';
import { clientAddress } from '../domain/client-address.ts';
import { limitRate } from '../use-cases/limit-rate.ts';
import { crossOrigin } from './cross-origin.ts';
import { docs } from './docs.ts';
import { asyncApi, openApi } from './open-api.ts';
import { passOn } from './pass-on.ts';
import { refuseUnreadableRequests } from './unreadable-requests.ts';
import { passWebSocketsOn } from './web-socket.ts';

/** The gateway's own routes, and behind them everything that goes on to a service. */
export function mountRoutes({ app, ctx }: { app: Express; ctx: GatewayContext }): void {
  const limited = limitedRate(ctx);
  app.use(crossOrigin(ctx.config.CORS_ORIGINS));
  app.get('/openapi.json', limited, openApi(ctx));
  app.get('/asyncapi.json', limited, asyncApi(ctx));
  app.use('/docs', limited, docs(ctx.config.PUBLIC_URL));
  app.get('/ws', () => {
    throw new HttpError(426, 'This is for WebSockets.', {
      code: 'upgrade_required',
      headers: { upgrade: 'websocket' },
    });
  });
  app.use(passOn(ctx));
}

/** What the server does beside ordinary requests. */
export function attachToServer({ app, server, ctx }: { app: Express; server: Server; ctx: GatewayContext }): void {
  server.on('checkContinue', app);
  refuseUnreadableRequests(server);
  passWebSocketsOn(server, ctx);
}

function limitedRate(ctx: GatewayContext) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const address = clientAddress(request, ctx.trust);
    response.set(await limitRate(ctx.rateLimits, { address, authorization: undefined }));
    next();
  };
}
