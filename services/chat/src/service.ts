import { defineService } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';

/** Chats and what may be done with them. */
export const service = defineService({
  name: 'chat',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
});
