import type { Migration } from '@commons/platform';

/** Tickets, which MongoDB clears away when their time is over. */
export const createTickets: Migration = {
  name: '0001-tickets',
  async up(db) {
    await db.collection('tickets').createIndex({ expires_at: 1 }, { expireAfterSeconds: 0 });
  },
};
