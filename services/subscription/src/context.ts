import {
  answerFor,
  createJobs,
  createKeyedQueue,
  createUsers,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Jobs,
  type KeyedQueue,
  type Users,
} from '@commons/platform';
import { createProfiles, type Profiles } from './clients/profiles.ts';
import { createBlockStore, type BlockStore } from './data/block-store.ts';
import { createCounterStore, type CounterStore } from './data/counter-store.ts';
import { createPersonStore, type PersonStore } from './data/person-store.ts';
import { createSubscriptionList, type SubscriptionList } from './data/subscription-list.ts';
import { createSubscriptionStore, type SubscriptionStore } from './data/subscription-store.ts';

/** What is too much for one event: all that a deleted user has with others. */
type SubscriptionJobs = { 'erase-user': { user_id: string } };

/** What handlers of this service receive. */
export type SubscriptionContext = BaseContext & {
  subscriptions: SubscriptionStore;
  subscriptionList: SubscriptionList;
  blocks: BlockStore;
  counters: CounterStore;
  people: PersonStore;
  users: Users;
  profiles: Profiles;
  jobs: Jobs<SubscriptionJobs>;
  /** What changes between two users stands in line, by the ids of both. */
  queue: KeyedQueue;
};

export const createContext = (base: BaseContext): SubscriptionContext =>
  Object.assign(base, {
    subscriptions: createSubscriptionStore(base.db),
    subscriptionList: createSubscriptionList(base.db),
    blocks: createBlockStore(base.db),
    counters: createCounterStore(base.db),
    people: createPersonStore(base.db),
    users: createUsers(base),
    profiles: createProfiles(base),
    jobs: createJobs<SubscriptionJobs>(base),
    queue: createKeyedQueue(),
  });

export const route = routeFor<SubscriptionContext>();
export const answer = answerFor<SubscriptionContext>();
export const subscribe = subscribeFor<SubscriptionContext>();
