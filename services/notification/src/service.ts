import { createUsers, defineService, rebuildBlocks, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext, type NotificationContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { erasePerson } from './use-cases/erase-person.ts';
import { forgetTarget } from './use-cases/forget-target.ts';
import { noteBlock } from './use-cases/note-block.ts';
import { sendRequest } from './use-cases/send-request.ts';
import { setApart } from './use-cases/set-apart.ts';

export const service = defineService({
  name: 'notification',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'actor-names', run: (ctx) => rebuildNames({ store: ctx.people, users: createUsers(ctx) }) },
    { name: 'blocks', run: (ctx) => rebuildBlocks({ blocks: blocksWithEffect(ctx), dapr: ctx.dapr }) },
  ],
  start: (ctx) =>
    ctx.jobs.start({
      'send-request': (run) => sendRequest(ctx, run),
      'set-apart': (run) => setApart(ctx, run),
      'forget-target': (run) => forgetTarget(ctx, run),
      'erase-person': (run) => erasePerson(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});

/** A block that only a rebuild brings has the same effect as one that an event tells of. */
const blocksWithEffect = (ctx: NotificationContext): NotificationContext['blocks'] => ({
  ...ctx.blocks,
  note: (block) => ctx.transaction((tx) => noteBlock(ctx, block, tx)),
});
