import { prepareBlocks, prepareJobs, type Migration } from '@commons/platform';

const collections = ['projects', 'applications', 'members', 'people', 'blocks'];

/** Everything that `project` keeps, with an index behind every order in which it is listed. */
export const createProjects: Migration = {
  name: '0001-projects',
  async up(db) {
    const present = (await db.listCollections()).map(({ name }) => name);
    for (const name of collections.filter((collection) => !present.includes(collection)))
      await db.createCollection(name);
    await db
      .collection('projects')
      .createIndexes([
        { key: { lists: 1, created_at: -1, _id: -1 } },
        { key: { lists: 1, due_at: -1, _id: -1 } },
        { key: { lists: 1, applications_count: -1, _id: -1 } },
        { key: { words: 1, created_at: -1, _id: -1 } },
        { key: { words: 1, due_at: -1, _id: -1 } },
        { key: { owner_id: 1 } },
      ]);
    await db
      .collection('applications')
      .createIndexes([
        { key: { project_id: 1, applicant_id: 1 }, unique: true },
        { key: { project_id: 1, _id: -1 } },
        { key: { project_id: 1, status: 1, _id: -1 } },
        { key: { applicant_id: 1, _id: -1 } },
      ]);
    await db
      .collection('members')
      .createIndexes([{ key: { project_id: 1, user_id: 1 }, unique: true }, { key: { project_id: 1, _id: 1 } }]);
    await prepareBlocks(db);
    await prepareJobs(db);
  },
};
