import { createJobs, routeFor, subscribeFor, type BaseContext, type Jobs } from '@commons/platform';
import { createLikeStore, type LikeStore } from './data/like-store.ts';
import { createNotificationList, type NotificationList } from './data/notification-list.ts';
import { createNotificationStore, type NotificationStore } from './data/notification-store.ts';
import { createPersonStore, type PersonStore } from './data/person-store.ts';
import { createTargetStore, type TargetStore } from './data/target-store.ts';
import type { RequestInHand } from './domain/request.ts';

/** What is too much for one event or request. */
type NotificationJobs = {
  'send-request': RequestInHand;
  'forget-target': { target: string };
  'erase-person': { user_id: string };
};

/** What handlers of this service receive. */
export type NotificationContext = BaseContext & {
  notifications: NotificationStore;
  notificationList: NotificationList;
  targets: TargetStore;
  likes: LikeStore;
  people: PersonStore;
  jobs: Jobs<NotificationJobs>;
};

export const createContext = (base: BaseContext): NotificationContext =>
  Object.assign(base, {
    notifications: createNotificationStore(base.db),
    notificationList: createNotificationList(base.db),
    targets: createTargetStore(base.db),
    likes: createLikeStore(base.db),
    people: createPersonStore(base.db),
    jobs: createJobs<NotificationJobs>(base),
  });

export const route = routeFor<NotificationContext>();
export const subscribe = subscribeFor<NotificationContext>();
