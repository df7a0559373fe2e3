import { defineService, rebuildBlocks, rebuildFollows } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { eraseAvatar } from './use-cases/erase-user.ts';
import { rebuildCounts } from './use-cases/rebuild-counts.ts';
import { rebuildNames } from './use-cases/rebuild-names.ts';
import { rebuildSearch } from './use-cases/rebuild-search.ts';

/** The owner of profiles: what users say of themselves, their avatars and their settings. */
export const service = defineService({
  name: 'profile',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'names', run: rebuildNames },
    { name: 'search', run: rebuildSearch },
    { name: 'counts', run: rebuildCounts },
    { name: 'follows', run: rebuildFollows },
    { name: 'blocks', run: rebuildBlocks },
  ],
  async start(ctx) {
    ctx.avatarBacklog.start();
    await ctx.jobs.start({ 'erase-avatar': (run) => eraseAvatar(ctx, run) });
  },
  async stop(ctx) {
    await Promise.all([ctx.avatarBacklog.stop(), ctx.jobs.stop()]);
  },
});
