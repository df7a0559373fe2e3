import {
  createBlocks,
  createJobs,
  routeFor,
  subscribeFor,
  type BaseContext,
  type Blocks,
  type Jobs,
} from '@commons/platform';
import { createLikeStore, type LikeStore } from './data/like-store.ts';
import { createMessageNewsStore, type MessageNewsStore } from './data/message-news-store.ts';
import { createNotificationList, type NotificationList } from './data/notification-list.ts';
import { createNotificationStore, type NotificationStore } from './data/notification-store.ts';
import { createPersonStore, type PersonStore } from './data/person-store.ts';
import { createSubscriptionStore, type SubscriptionStore } from './data/subscription-store.ts';
import { createTargetStore, type TargetStore } from './data/target-store.ts';
import type { RequestInHand } from './domain/request.ts';
import type { TargetKey } from './domain/target.ts';

/** What is too much for one event or request. */
type NotificationJobs = {
  'send-request': RequestInHand;
  'forget-target': { target: TargetKey };
  'set-apart': { blocker_id: string; blocked_id: string; until: Date };
  'erase-person': { user_id: string };
};

/** What handlers of this service receive. */
export type NotificationContext = BaseContext & {
  notifications: NotificationStore;
  notificationList: NotificationList;
  messageNews: MessageNewsStore;
  targets: TargetStore;
  likes: LikeStore;
  subscriptions: SubscriptionStore;
  blocks: Blocks;
  people: PersonStore;
  jobs: Jobs<NotificationJobs>;
};

export const createContext = (base: BaseContext): NotificationContext =>
  Object.assign(base, {
    notifications: createNotificationStore(base.db),
    notificationList: createNotificationList(base.db),
    messageNews: createMessageNewsStore(base.db),
    targets: createTargetStore(base.db),
    likes: createLikeStore(base.db),
    subscriptions: createSubscriptionStore(base.db),
    blocks: createBlocks(base.db),
    people: createPersonStore(base.db),
    jobs: createJobs<NotificationJobs>(base),
  });

export const route = routeFor<NotificationContext>();
export const subscribe = subscribeFor<NotificationContext>();
