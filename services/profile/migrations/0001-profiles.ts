import { prepareBlocks, prepareFollows, prepareJobs, type Migration } from '@commons/platform';
import { prepareImageRemovals } from '@commons/platform/images';
import { prepareSearch } from '../src/data/profile-search.ts';

/** Everything that `profile` keeps, with an index behind every order in which it is listed. */
export const createProfiles: Migration = {
  name: '0001-profiles',
  async up(db) {
    await db.createCollection('profiles');
    await prepareSearch(db);
    await prepareFollows(db);
    await prepareBlocks(db);
    await prepareImageRemovals(db);
    await prepareJobs(db);
  },
};
