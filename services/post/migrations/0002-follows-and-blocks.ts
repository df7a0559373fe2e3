import type { Migration } from '@commons/platform';
import { prepareBlocks, prepareFollows } from '@commons/platform';

/** Copies of who follows and who blocks whom; and what an author's followers may see is a list, which older posts join. */
export const keepFollowsAndBlocks: Migration = {
  name: '0002-follows-and-blocks',
  async up(db) {
    await prepareFollows(db);
    await prepareBlocks(db);
    const followersList = { $concat: ['author:', { $toString: '$author_id' }, '|followers'] };
    await db
      .collection('posts')
      .updateMany({ visibility: { $in: ['public', 'followers'] } }, [
        { $set: { lists: { $setUnion: ['$lists', [followersList]] } } },
      ]);
  },
};
