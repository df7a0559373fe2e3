import { Types, type Connection } from 'mongoose';
import type { Comment } from '../domain/comment.ts';
import { commentModel, type CommentDocument } from './comment-model.ts';
import { toComment } from './to-comment.ts';

/** A place in a list: when the comment there was made, and its id. */
export type Position = { createdAt: Date; id: string };

export type CommentList = {
  /** Comments below a post, oldest first; `onlyTops` leaves those out that answer another comment. */
  list(options: ListOptions): Promise<Comment[]>;
  /** What stands in the branches of some comments at the top, oldest first, so many of each. */
  listBranches(topIds: readonly string[], limitEach: number): Promise<Comment[]>;
};

export type ListOptions = { postId: string; onlyTops: boolean; skip?: number; after?: Position; limit: number };

const OLDEST_FIRST = { created_at: 1, _id: 1 } as const;

/** Comments, many at a time. */
export function createCommentList(db: Connection): CommentList {
  const comments = commentModel(db);

  return {
    async list({ postId, onlyTops, skip = 0, after, limit }) {
      const wanted = { post_id: postId, ...(onlyTops && { parent: null }), ...(after && isAfter(after)) };
      return (await comments.find(wanted).sort(OLDEST_FIRST).skip(skip).limit(limit).lean()).map(toComment);
    },
    async listBranches(topIds, limitEach) {
      const branch = {
        from: comments.collection.name,
        localField: '_id',
        foreignField: 'top',
        pipeline: [{ $sort: OLDEST_FIRST }, { $limit: limitEach }],
        as: 'replies',
      };
      const found = await comments.aggregate<{ replies: CommentDocument[] }>([
        { $match: { _id: { $in: topIds.map((id) => new Types.ObjectId(id)) }, replies_count: { $gt: 0 } } },
        { $project: { _id: 1 } },
        { $lookup: branch },
      ]);
      return found.flatMap(({ replies }) => replies.map(toComment));
    },
  };
}

const isAfter = ({ createdAt, id }: Position) => ({
  created_at: { $gte: createdAt },
  $or: [{ created_at: { $gt: createdAt } }, { created_at: createdAt, _id: { $gt: new Types.ObjectId(id) } }],
});
