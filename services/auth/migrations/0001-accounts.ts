import type { Migration } from '@commons/platform';

/** The collections and, behind every look-up and every order of a list, its index. */
export const accounts: Migration = {
  name: '0001-accounts',
  async up(db) {
    await db
      .collection('users')
      .createIndexes([
        { key: { username_folded: 1 }, unique: true, sparse: true },
        { key: { email_folded: 1 }, unique: true, sparse: true },
        { key: { search_keys: 1, _id: -1 } },
        { key: { status: 1, _id: -1 } },
        { key: { roles: 1, _id: -1 } },
      ]);
    await db
      .collection('sessions')
      .createIndexes([{ key: { user_id: 1, _id: -1 } }, { key: { expires_at: 1 }, expireAfterSeconds: 0 }]);
    await db
      .collection('refresh_tokens')
      .createIndexes([{ key: { user_id: 1, session_id: 1 } }, { key: { expires_at: 1 }, expireAfterSeconds: 0 }]);
    await db
      .collection('revocations')
      .createIndexes([{ key: { at: 1 } }, { key: { expires_at: 1 }, expireAfterSeconds: 0 }]);
    await db.collection('login_failures').createIndexes([{ key: { expires_at: 1 }, expireAfterSeconds: 0 }]);
    await db.collection('signing_keys').createIndexes([{ key: { generation: 1 }, unique: true }]);
    await db.collection('erasures').createIndexes([{ key: { requested_at: 1 } }]);
  },
};
