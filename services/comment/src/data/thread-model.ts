import type { Visibility } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type ThreadDocument = {
  /** The post's id. */
  _id: Types.ObjectId;
  deleted: boolean;
  /** What is copied of the post; missing once it has gone. */
  author_id?: Types.ObjectId;
  title?: string;
  visibility?: Visibility;
  /** The post's own revision, as `post` counts it. */
  post_revision?: number;
  comments_count: number;
  listed_count: number;
  tops_count: number;
  thread_revision: number;
};

const schema = new Schema<ThreadDocument>(
  {
    deleted: Boolean,
    author_id: Schema.Types.ObjectId,
    title: String,
    visibility: String,
    post_revision: Number,
    comments_count: Number,
    listed_count: Number,
    tops_count: Number,
    thread_revision: Number,
  },
  { collection: 'threads', versionKey: false },
);

/** The posts that a database knows, each with the counts of its thread. */
export const threadModel = (db: Connection): Model<ThreadDocument> => db.model<ThreadDocument>('Thread', schema);
