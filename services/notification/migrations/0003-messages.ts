import type { Migration } from '@commons/platform';

/** Notifications of messages: one a chat and user. */
export const addMessages: Migration = {
  name: '0003-messages',
  async up(db) {
    const notifications = db.collection('notifications');
    const inChats = { partialFilterExpression: { chat_id: { $exists: true } } };
    await notifications.createIndex({ chat_id: 1, 'unread.seq': 1 }, inChats);
    const byAuthors = { partialFilterExpression: { 'unread.author_id': { $exists: true } } };
    await notifications.createIndex({ 'unread.author_id': 1 }, byAuthors);
  },
};
