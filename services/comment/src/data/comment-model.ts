import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type CommentDocument = {
  _id: Types.ObjectId;
  post_id: Types.ObjectId;
  parent: Types.ObjectId | null;
  top: Types.ObjectId | null;
  author_id: Types.ObjectId | null;
  content: string | null;
  deleted: boolean;
  replies_count: number;
  /** Copied from `like`, in the order of `likes_revision`. */
  likes_count: number;
  likes_revision: number;
  revision: number;
  created_at: Date;
  updated_at: Date;
};

const reference = { type: Schema.Types.ObjectId, default: null };
const count = { type: Number, default: 0 };

const schema = new Schema<CommentDocument>(
  {
    post_id: { type: Schema.Types.ObjectId, required: true },
    parent: reference,
    top: reference,
    author_id: reference,
    content: { type: String, default: null },
    deleted: { type: Boolean, default: false },
    replies_count: count,
    likes_count: count,
    likes_revision: count,
    revision: { type: Number, default: 1 },
    created_at: { type: Date, required: true },
    updated_at: { type: Date, required: true },
  },
  { collection: 'comments', versionKey: false },
);

/** The comments of a database. */
export const commentModel = (db: Connection): Model<CommentDocument> => db.model<CommentDocument>('Comment', schema);
