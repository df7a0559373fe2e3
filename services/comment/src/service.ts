import { createUsers, defineService, rebuildBlocks, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { eraseAuthor } from './use-cases/erase-author.ts';
import { purgeThread } from './use-cases/purge-thread.ts';
import { rebuildLikeCounts } from './use-cases/rebuild-like-counts.ts';
import { rebuildPostReferences } from './use-cases/rebuild-post-references.ts';

export const service = defineService({
  name: 'comment',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'author-names', run: (ctx) => rebuildNames({ store: ctx.authors, users: createUsers(ctx) }) },
    { name: 'like-counts', run: rebuildLikeCounts },
    { name: 'post-references', run: rebuildPostReferences },
    { name: 'blocks', run: rebuildBlocks },
  ],
  start: (ctx) =>
    ctx.jobs.start({
      'purge-thread': (run) => purgeThread(ctx, run),
      'erase-author': (run) => eraseAuthor(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});
