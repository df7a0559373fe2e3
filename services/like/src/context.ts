import {
  answerFor,
  createJobs,
  createKeyedQueue,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Jobs,
  type KeyedQueue,
  createUsers,
  type Users,
} from '@commons/platform';
import { createPosts, type Posts } from './clients/posts.ts';
import { createCounterStore, type CounterStore } from './data/counter-store.ts';
import { createLikeStore, type LikeStore } from './data/like-store.ts';
import { createLikerStore, type LikerStore } from './data/liker-store.ts';
import type { LikeJobs } from './domain/like-jobs.ts';

/** What the handlers of `like` receive. */
export type LikeContext = BaseContext & {
  likes: LikeStore;
  counters: CounterStore;
  likers: LikerStore;
  posts: Posts;
  users: Users;
  likeQueue: KeyedQueue;
  jobs: Jobs<LikeJobs>;
};

export const route = routeFor<LikeContext>();
export const answer = answerFor<LikeContext>();
export const subscribe = subscribeFor<LikeContext>();

/** Opens what `like` stands on. */
export function createContext(base: BaseContext): LikeContext {
  const { dapr, db, log, transaction } = base;
  return Object.assign(base, {
    likes: createLikeStore(db),
    counters: createCounterStore(db),
    likers: createLikerStore(db),
    posts: createPosts({ dapr }),
    users: createUsers({ dapr }),
    likeQueue: createKeyedQueue(),
    jobs: createJobs<LikeJobs>({ db, transaction, log }),
  });
}
