import { defineService } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { ensureAdmin } from './use-cases/ensure-admin.ts';
import { listRevocations } from './use-cases/list-revocations.ts';

/** Accounts, sessions and the tokens that everyone else verifies. */
export const service = defineService({
  name: 'auth',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  tokenSource: (ctx) => ({
    keys: () => ctx.keys.published(),
    revocations: (since) => listRevocations(ctx, { since }),
  }),
  start: ensureAdmin,
  stop: (ctx) => ctx.passwords.close(),
});
