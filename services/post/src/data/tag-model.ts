import { Schema, type Connection, type Types } from 'mongoose';

/** `_id` is the tag as it is compared. */
export type TagDocument = {
  _id: string;
  posts_count: number;
  /** The tag's beginnings, up to so many characters: a search by prefix reads along an index in the order of use. */
  prefixes: string[];
};

/** What a change of a post means for the counts of its tags, until it is added to them. */
export type TagChangeDocument = { _id: Types.ObjectId; added: string[]; removed: string[] };

const tag = new Schema<TagDocument>(
  { _id: String, posts_count: Number, prefixes: [String] },
  { collection: 'tags', versionKey: false },
);
const change = new Schema<TagChangeDocument>(
  { added: [String], removed: [String] },
  { collection: 'tag_changes', versionKey: false },
);

export const tagModel = (db: Connection) => db.model<TagDocument>('Tag', tag);
export const tagChangeModel = (db: Connection) => db.model<TagChangeDocument>('TagChange', change);
