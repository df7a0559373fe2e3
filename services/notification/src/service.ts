import { createUsers, defineService, rebuildNames } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { erasePerson } from './use-cases/erase-person.ts';
import { forgetTarget } from './use-cases/forget-target.ts';
import { sendRequest } from './use-cases/send-request.ts';

export const service = defineService({
  name: 'notification',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [{ name: 'actor-names', run: (ctx) => rebuildNames({ store: ctx.people, users: createUsers(ctx) }) }],
  start: (ctx) =>
    ctx.jobs.start({
      'send-request': (run) => sendRequest(ctx, run),
      'forget-target': (run) => forgetTarget(ctx, run),
      'erase-person': (run) => erasePerson(ctx, run),
    }),
  stop: (ctx) => ctx.jobs.stop(),
});
