import type { Migration } from '@commons/platform';

/** Tickets, which MongoDB clears away when their time is over. */
export const createTickets: Migration = {
  name: '0001-tickets',
  async up(db) {
    await db.createCollection('tickets');
    await db
      .collection('tickets')
      .createIndexes([{ key: { expires_at: 1 }, expireAfterSeconds: 0 }, { key: { 'user.id': 1 } }]);
  },
};
