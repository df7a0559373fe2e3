import { defineService, rebuildBlocks, rebuildFollows, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { erasePerson } from './use-cases/erase-person.ts';
import { purgeChat } from './use-cases/purge-chat.ts';
import { rebuildCounts } from './use-cases/rebuild-counts.ts';
import { rebuildSettings } from './use-cases/rebuild-settings.ts';

/** The owner of chats: who takes part in them, their messages, and how far each has read. */
export const service = defineService({
  name: 'chat',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'names', run: (ctx) => rebuildNames({ store: ctx.people, users: ctx.users }) },
    { name: 'settings', run: rebuildSettings },
    { name: 'follows', run: rebuildFollows },
    { name: 'blocks', run: rebuildBlocks },
    { name: 'counts', run: rebuildCounts },
  ],
  start: (ctx) =>
    ctx.jobs.start({
      'purge-chat': (run) => purgeChat(ctx, run),
      'erase-person': (run) => erasePerson(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});
