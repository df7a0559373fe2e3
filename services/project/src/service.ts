import { createUsers, defineService, rebuildBlocks, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { eraseUser } from './use-cases/erase-user.ts';
import { purgeProject } from './use-cases/purge-project.ts';
import { rebuildCounts } from './use-cases/rebuild-counts.ts';

/** The owner of projects: what users want to be done, who applies for it, and who works on it. */
export const service = defineService({
  name: 'project',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'names', run: (ctx) => rebuildNames({ store: ctx.people, users: createUsers(ctx) }) },
    { name: 'blocks', run: rebuildBlocks },
    { name: 'counts', run: rebuildCounts },
  ],
  start: (ctx) =>
    ctx.jobs.start({
      'purge-project': (run) => purgeProject(ctx, run),
      'erase-user': (run) => eraseUser(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});
