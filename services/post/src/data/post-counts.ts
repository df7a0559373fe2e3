import type { Connection } from 'mongoose';
import { postModel, type PostDocument } from './post-model.ts';

/** A count that another service owns, and the order of its changes there. */
export type CopiedCount = { postId: string; count: number; revision: number };

export type Correction = { listed: CopiedCount; right: Pick<CopiedCount, 'count' | 'revision'> };

export type PostCounts = {
  /** Takes the count over unless a later one is there. Once or more often, in any order: the latest stays. */
  follow(copy: CopiedCount): Promise<void>;
  /** The copies in the order of the posts' ids, from the one after `after`. */
  list(options: { after?: string; limit: number }): Promise<CopiedCount[]>;
  /** Puts counts right, each where it has not changed since it was listed. @returns how many it did. */
  correct(corrections: readonly Correction[]): Promise<number>;
};

type Fields =
  { count: 'likes_count'; revision: 'likes_revision' } | { count: 'comments_count'; revision: 'thread_revision' };

/** The copies of likes. */
export const createLikesCounts = (db: Connection): PostCounts =>
  createPostCounts(db, { count: 'likes_count', revision: 'likes_revision' });

/** The copies of comments. */
export const createCommentsCounts = (db: Connection): PostCounts =>
  createPostCounts(db, { count: 'comments_count', revision: 'thread_revision' });

/**
 * No transaction is needed here: revisions make repetition harmless, and on a post that hundreds like at the same time
 * transactions would only stand in each other's way.
 */
function createPostCounts(db: Connection, fields: Fields): PostCounts {
  const posts = postModel(db);

  return {
    async follow({ postId, count, revision }) {
      const change = { $set: { [fields.count]: count, [fields.revision]: revision } };
      await posts.updateOne({ _id: postId, [fields.revision]: { $lt: revision } }, change);
    },
    async list({ after, limit }) {
      const stored = await posts
        .find(after === undefined ? {} : { _id: { $gt: after } }, { [fields.count]: 1, [fields.revision]: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<PostDocument[]>();
      return stored.map((post) => ({
        postId: post._id.toHexString(),
        count: post[fields.count],
        revision: post[fields.revision],
      }));
    },
    async correct(corrections) {
      if (corrections.length === 0) return 0;
      const writes = corrections.map(({ listed, right }) => ({
        updateOne: {
          filter: { _id: listed.postId, [fields.revision]: listed.revision },
          update: { $set: { [fields.count]: right.count, [fields.revision]: right.revision } },
        },
      }));
      return (await posts.bulkWrite(writes, { ordered: false })).modifiedCount;
    },
  };
}
