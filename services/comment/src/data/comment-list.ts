import { Types, type Connection } from 'mongoose';
import type { Comment } from '../domain/comment.ts';
import { commentModel, type CommentDocument } from './comment-model.ts';
import { toComment } from './to-comment.ts';

/** A place in a list: when the comment there was made, and its id. */
export type Position = { createdAt: Date; id: string };

export type CommentList = {
  /** Comments below a post, oldest first. */
  list(options: ThreadPart & { skip?: number; after?: Position; limit: number }): Promise<Comment[]>;
  /** How many comments the authors who are left out have there that nobody has answered. */
  countLeftOut(part: ThreadPart): Promise<number>;
  /** What stands in the branches of some comments at the top, oldest first, so many of each. */
  listBranches(
    topIds: readonly string[],
    options: Pick<ThreadPart, 'notBy'> & { limitEach: number },
  ): Promise<Comment[]>;
};

/**
 * Which comments below a post: `onlyTops` leaves those out that answer another comment, `notBy` those of some authors. Where one
 * of these was answered it stays, so that what answers it keeps its place.
 */
export type ThreadPart = { postId: string; onlyTops: boolean; notBy: readonly string[] };

const OLDEST_FIRST = { created_at: 1, _id: 1 } as const;
/** Indexes are named where they hold the order: what once was the best plan for a short thread is remembered for long ones. */
const BY_TIME = { post_id: 1, ...OLDEST_FIRST } as const;
const TOPS_BY_TIME = { post_id: 1, parent: 1, ...OLDEST_FIRST } as const;

/** Comments, many at a time. */
export function createCommentList(db: Connection): CommentList {
  const comments = commentModel(db);

  return {
    async list({ postId, onlyTops, notBy, skip = 0, after, limit }) {
      const place = { post_id: postId, ...(onlyTops && { parent: null }), ...(after && isAfter(after)) };
      const wanted = { $and: [place, isListed(notBy)] };
      const found = comments
        .find(wanted)
        .sort(OLDEST_FIRST)
        .hint(onlyTops ? TOPS_BY_TIME : BY_TIME);
      return (await found.skip(skip).limit(limit).lean()).map(toComment);
    },
    countLeftOut: ({ postId, onlyTops, notBy }) =>
      comments.countDocuments({
        post_id: postId,
        author_id: { $in: notBy },
        ...(onlyTops && { parent: null }),
        replies_count: 0,
      }),
    async listBranches(topIds, { notBy, limitEach }) {
      const branch = {
        from: comments.collection.name,
        localField: '_id',
        foreignField: 'top',
        pipeline: [{ $match: isListed(notBy) }, { $sort: OLDEST_FIRST }, { $limit: limitEach }],
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

const isListed = (notBy: readonly string[]) =>
  notBy.length === 0
    ? {}
    : { $or: [{ author_id: { $nin: notBy.map((id) => new Types.ObjectId(id)) } }, { replies_count: { $gt: 0 } }] };

const isAfter = ({ createdAt, id }: Position) => ({
  created_at: { $gte: createdAt },
  $or: [{ created_at: { $gt: createdAt } }, { created_at: createdAt, _id: { $gt: new Types.ObjectId(id) } }],
});
