import { defineService, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { eraseUser } from './use-cases/erase-user.ts';
import { rebuildCounters } from './use-cases/rebuild-counters.ts';
import { rebuildProfiles } from './use-cases/rebuild-profiles.ts';

/** The owner of who follows and who blocks whom, counted exactly. */
export const service = defineService({
  name: 'subscription',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'counters', run: rebuildCounters },
    { name: 'profiles', run: rebuildProfiles },
    { name: 'names', run: (ctx) => rebuildNames({ store: ctx.people, users: ctx.users }) },
  ],
  start: (ctx) => ctx.jobs.start({ 'erase-user': (run) => eraseUser(ctx, run) }),
  stop: (ctx) => ctx.jobs.stop(),
});
