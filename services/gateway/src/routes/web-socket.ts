import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { asHttpError, RouteNotFound, refuseSocket } from '@commons/platform';
import type { Handshake } from '../clients/realtime.ts';
import type { GatewayContext } from '../context.ts';
import { safeTarget } from '../domain/safe-target.ts';
import { limitRate } from '../use-cases/limit-rate.ts';
import { clientHeaders } from './client-headers.ts';

/** Passes the upgrade of `/ws` straight on to realtime, as Dapr carries no WebSockets; there is no other. */
export function passWebSocketsOn(server: Server, ctx: GatewayContext): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const asked = String(request.headers['x-request-id'] ?? '');
    const requestId = /^[\x21-\x7e]{1,128}$/.test(asked) ? asked : randomUUID();
    socket.on('error', () => socket.destroy());
    open(ctx, { request, socket, head }, requestId).catch((thrown: unknown) => {
      const error = asHttpError(thrown);
      if (error.status >= 500) ctx.log.warn({ err: error.cause ?? thrown }, 'a WebSocket could not be passed on');
      refuseSocket(socket, error, requestId);
    });
  });
}

async function open(ctx: GatewayContext, handshake: Handshake, requestId: string): Promise<void> {
  const { request } = handshake;
  const { path, query } = safeTarget(request.url ?? '/');
  if (path !== '/ws') throw new RouteNotFound();
  const headers = clientHeaders(ctx, request, requestId);
  await limitRate(ctx.rateLimits, { address: headers['x-client-ip'], authorization: undefined });
  const { traceparent, tracestate } = request.headers;
  const added = {
    ...headers,
    ...(traceparent !== undefined && { traceparent: String(traceparent) }),
    ...(tracestate !== undefined && { tracestate: String(tracestate) }),
  };
  await ctx.realtime.passOn(handshake, { path: `/ws${query}`, added });
}
