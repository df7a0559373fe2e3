import { defineService } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { serveWebSockets } from './routes/web-socket.ts';
import { subscriptions } from './subscriptions/index.ts';
import { endAll } from './use-cases/end-all.ts';
import { rebuildVisibility } from './use-cases/rebuild-visibility.ts';

/** Open WebSockets: what happens reaches whom it concerns, at once. */
export const service = defineService({
  name: 'realtime',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [{ name: 'visibility', run: rebuildVisibility }],
  attach: ({ server, ctx }) => serveWebSockets(server, ctx),
  start: async (ctx) => {
    ctx.revocationWatch.start();
    ctx.receiptTeller.start();
    await ctx.presence.start();
  },
  drain: (ctx) => {
    ctx.revocationWatch.stop();
    endAll(ctx);
  },
  stop: async (ctx) => {
    await Promise.all([ctx.receiptTeller.stop(), ctx.presence.stop()]);
  },
});
