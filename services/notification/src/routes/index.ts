import { countUnread } from './count-unread.ts';
import { listNotifications } from './list-notifications.ts';
import { markAllRead } from './mark-all-read.ts';
import { markNotification } from './mark-notification.ts';
import { markRead } from './mark-read.ts';
import { requestNotification } from './request-notification.ts';

export const routes = [listNotifications, countUnread, requestNotification, markNotification, markRead, markAllRead];
