import { routeFor, subscribeFor, type BaseContext } from '@commons/platform';
import { createSubscriptionStore, type SubscriptionStore } from './data/subscription-store.ts';

/** What handlers receive. */
export type SubscriptionContext = BaseContext & { subscriptions: SubscriptionStore };

export const createContext = (base: BaseContext): SubscriptionContext =>
  Object.assign(base, { subscriptions: createSubscriptionStore(base.db) });

export const route = routeFor<SubscriptionContext>();
export const subscribe = subscribeFor<SubscriptionContext>();
