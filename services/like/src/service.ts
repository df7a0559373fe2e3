import { defineService } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { closeComments } from './use-cases/close-comments.ts';
import { eraseLiker } from './use-cases/erase-liker.ts';
import { purgeTarget } from './use-cases/purge-target.ts';
import { rebuildCounters } from './use-cases/rebuild-counters.ts';
import { rebuildLikers } from './use-cases/rebuild-likers.ts';
import { rebuildTargets } from './use-cases/rebuild-targets.ts';

/** The owner of likes: who likes which post or comment, counted exactly. */
export const service = defineService({
  name: 'like',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'counters', run: rebuildCounters },
    { name: 'likers', run: rebuildLikers },
    { name: 'targets', run: rebuildTargets },
  ],
  start: (ctx) =>
    ctx.jobs.start({
      'purge-target': (run) => purgeTarget(ctx, run),
      'close-comments': (run) => closeComments(ctx, run),
      'erase-liker': (run) => eraseLiker(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});
