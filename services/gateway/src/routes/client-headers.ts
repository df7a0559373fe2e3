import type { IncomingMessage } from 'node:http';
import type { GatewayContext } from '../context.ts';
import { clientAddress } from '../domain/client-address.ts';
import { publicBaseUrl } from '../domain/public-base-url.ts';

/** What services are told of the client, beside its own headers. */
export type ClientHeaders = { 'x-client-ip': string; 'x-public-base-url': string; 'x-request-id': string };

/** @throws BadRequest where the request names an impossible host. */
export function clientHeaders(ctx: GatewayContext, request: IncomingMessage, requestId: string): ClientHeaders {
  return {
    'x-client-ip': clientAddress(request, ctx.trust),
    'x-public-base-url': publicBaseUrl(request, ctx.trust, ctx.config.PUBLIC_URL),
    'x-request-id': requestId,
  };
}
