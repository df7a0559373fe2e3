import type { Request, Response } from 'express';
import type { GatewayContext } from '../context.ts';
import { describeMessages } from '../domain/describe-messages.ts';
import { mergeOpenApi } from '../domain/merge-open-api.ts';
import { publicBaseUrl } from '../domain/public-base-url.ts';

/** `GET /openapi.json`: all services in one document. */
export function openApi(ctx: GatewayContext) {
  return async (request: Request, response: Response): Promise<void> => {
    const baseUrl = publicBaseUrl(request, ctx.trust, ctx.config.PUBLIC_URL);
    response.set('cache-control', 'no-cache').json(mergeOpenApi(await ctx.openApi.read(), baseUrl));
  };
}

/** `GET /asyncapi.json`: what the services tell each other, and what goes over the WebSocket. */
export function asyncApi(ctx: GatewayContext) {
  return (request: Request, response: Response): void => {
    const baseUrl = publicBaseUrl(request, ctx.trust, ctx.config.PUBLIC_URL);
    response.set('cache-control', 'no-cache').json(describeMessages(baseUrl));
  };
}
