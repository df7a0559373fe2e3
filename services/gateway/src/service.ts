import { defineService, type BaseContext } from '@commons/platform';
import type { z } from 'zod';
import { config } from './config.ts';
import { createContext, type GatewayContext } from './context.ts';
import { APPS } from './domain/route-table.ts';
import { attachToServer, mountRoutes } from './routes/index.ts';

/** The public edge: one address in front of all services. */
export const service = defineService({
  name: 'gateway',
  config,
  createContext: (base: BaseContext<z.output<typeof config>>): GatewayContext => createContext(base),
  database: false,
  isEdge: true,
  mount: mountRoutes,
  attach: attachToServer,
  checks: (ctx) => Object.fromEntries(APPS.map((app) => [app, () => checkService(ctx, app)])),
  drain: (ctx) => ctx.realtime.close(),
  stop: (ctx) => ctx.sidecar.close(),
});

/** Whether a service says that it is ready. */
async function checkService(ctx: GatewayContext, app: string): Promise<void> {
  await ctx.dapr.get(app, 'readyz');
}
