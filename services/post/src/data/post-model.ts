import type { Visibility } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { contentTypes, type ContentType } from '../domain/post.ts';

export type PostDocument = {
  _id: Types.ObjectId;
  title: string;
  content: string;
  content_type: ContentType;
  author_id: Types.ObjectId;
  tags: string[];
  /** The tags as they are compared. */
  tag_keys: string[];
  /** The names of the lists in which it stands. */
  lists: string[];
  /** The words of title and content as search compares them. */
  words: string[];
  visibility: Visibility;
  image: { name: string; content_type: string } | null;
  created_at: Date;
  updated_at: Date;
  revision: number;
  /** Copied from `like`, in the order of `likes_revision`. */
  likes_count: number;
  likes_revision: number;
  /** Copied from `comment`, in the order of `thread_revision`. */
  comments_count: number;
  thread_revision: number;
  views_count: number;
};

const text = { type: String, required: true };
const count = { type: Number, default: 0 };

const schema = new Schema<PostDocument>(
  {
    title: text,
    content: text,
    content_type: { type: String, enum: contentTypes, required: true },
    author_id: { type: Schema.Types.ObjectId, required: true },
    tags: [String],
    tag_keys: [String],
    lists: [String],
    words: [String],
    visibility: text,
    image: { type: new Schema({ name: text, content_type: text }, { _id: false }), default: null },
    created_at: { type: Date, required: true },
    updated_at: { type: Date, required: true },
    revision: { type: Number, required: true },
    likes_count: count,
    likes_revision: count,
    comments_count: count,
    thread_revision: count,
    views_count: count,
  },
  { collection: 'posts', versionKey: false },
);

/** The posts of a database. */
export const postModel = (db: Connection): Model<PostDocument> => db.model<PostDocument>('Post', schema);
