import { prepareBlocks, prepareFollows, prepareJobs, type Migration } from '@commons/platform';

const collections = ['chats', 'messages', 'read_marks', 'people', 'projects', 'project_members'];

const there = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });

/** Everything that `chat` keeps, with an index behind every order in which it is listed. */
export const createChats: Migration = {
  name: '0001-chats',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    await db
      .collection('chats')
      .createIndexes([
        { key: { 'participants.user_id': 1, updated_at: -1, _id: -1 } },
        { key: { 'pair.low': 1, 'pair.high': 1 }, unique: true, ...there('pair.low') },
        { key: { 'pair.high': 1 }, ...there('pair.high') },
        { key: { 'away.user_id': 1 }, ...there('away.user_id') },
        { key: { project_id: 1 }, unique: true, ...there('project_id') },
      ]);
    await db
      .collection('messages')
      .createIndexes([
        { key: { chat_id: 1, seq: 1 }, unique: true },
        { key: { chat_id: 1, author_id: 1, client_id: 1 }, unique: true, ...there('client_id') },
        { key: { author_id: 1, chat_id: 1, seq: 1 } },
        { key: { chat_id: 1, words: 1, seq: -1 } },
      ]);
    await db.collection('read_marks').createIndexes([{ key: { chat_id: 1, read_seq: 1, joined_seq: 1, user_id: 1 } }]);
    await db.collection('project_members').createIndexes([{ key: { user_id: 1 } }]);
    await Promise.all([prepareBlocks(db), prepareFollows(db), prepareJobs(db)]);
  },
};
