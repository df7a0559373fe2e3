import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { Comment, LiveComment } from '../domain/comment.ts';
import { commentModel } from './comment-model.ts';
import { toComment } from './to-comment.ts';

export type NewComment = Pick<LiveComment, 'postId' | 'parentId' | 'topId' | 'authorId' | 'content'> & { at: Date };
export type LikesCopy = { id: string; likesCount: number; likesRevision: number };

export type CommentStore = {
  find(id: string, tx?: Transaction): Promise<Comment | undefined>;
  /** Some comments of an author, in no order. */
  someOf(authorId: string, limit: number, tx: Transaction): Promise<LiveComment[]>;
  create(comment: NewComment, tx: Transaction): Promise<Comment>;
  /** @returns the comment after the change; undefined where it has gone. */
  edit(id: string, change: { content: string; at: Date }, tx: Transaction): Promise<Comment | undefined>;
  /** Leaves a tombstone. */
  bury(id: string, at: Date, tx: Transaction): Promise<void>;
  remove(id: string, tx: Transaction): Promise<void>;
  /** @returns the comment that has won or lost an answer. */
  changeReplies(id: string, by: 1 | -1, tx: Transaction): Promise<Comment | undefined>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSomeOf(postId: string, limit: number, tx: Transaction): Promise<number>;
  /** Takes a count of likes over, unless a later one is there. @returns whether anything changed. */
  setLikes(copy: LikesCopy, tx?: Transaction): Promise<boolean>;
  /** Copies of like counts, in the order of the comments' ids. */
  listLikes(options: { after?: string; limit: number }): Promise<LikesCopy[]>;
};

/** Comments, one by one. */
export function createCommentStore(db: Connection): CommentStore {
  const comments = commentModel(db);

  return {
    async find(id, tx) {
      const stored = await comments
        .findById(id)
        .session(tx?.session ?? null)
        .lean();
      return stored ? toComment(stored) : undefined;
    },
    async someOf(authorId, limit, { session }) {
      const stored = await comments.find({ author_id: authorId }).session(session).limit(limit).lean();
      return stored.map(toComment).filter((comment) => !comment.isDeleted);
    },
    async create({ postId, parentId, topId, authorId, content, at }, { session }) {
      const entry = { post_id: postId, parent: parentId, top: topId, author_id: authorId, content };
      const [stored] = await comments.create([{ ...entry, created_at: at, updated_at: at }], { session });
      if (!stored) throw new Error('a comment that was created is always there');
      return toComment(stored.toObject());
    },
    async edit(id, { content, at }, { session }) {
      const change = { $set: { content, updated_at: at }, $inc: { revision: 1 } };
      const options = { session, returnDocument: 'after' } as const;
      const stored = await comments.findOneAndUpdate({ _id: id, deleted: false }, change, options).lean();
      return stored ? toComment(stored) : undefined;
    },
    async bury(id, at, { session }) {
      const nothing = { deleted: true, content: null, author_id: null, likes_count: 0, likes_revision: 0 };
      await comments.updateOne(
        { _id: id },
        { $set: { ...nothing, updated_at: at }, $inc: { revision: 1 } },
        { session },
      );
    },
    async remove(id, { session }) {
      await comments.deleteOne({ _id: id }, { session });
    },
    async changeReplies(id, by, { session }) {
      const options = { session, returnDocument: 'after' } as const;
      const stored = await comments.findByIdAndUpdate(id, { $inc: { replies_count: by } }, options).lean();
      return stored ? toComment(stored) : undefined;
    },
    async removeSomeOf(postId, limit, { session }) {
      const found = await comments.find({ post_id: postId }, { _id: 1 }).session(session).limit(limit).lean();
      if (found.length > 0) await comments.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
    async setLikes({ id, likesCount, likesRevision }, tx) {
      const notLater = { _id: id, deleted: false, likes_revision: { $lte: likesRevision } };
      const change = { $set: { likes_count: likesCount, likes_revision: likesRevision } };
      return (await comments.updateOne(notLater, change).session(tx?.session ?? null)).modifiedCount === 1;
    },
    async listLikes({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      const fields = { likes_count: 1, likes_revision: 1 };
      const found = await comments.find(later, fields).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id, likes_count, likes_revision }) => ({
        id: _id.toHexString(),
        likesCount: likes_count,
        likesRevision: likes_revision,
      }));
    },
  };
}
