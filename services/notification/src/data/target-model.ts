import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { TargetKey } from '../domain/target.ts';

export type TargetDocument = {
  _id: TargetKey;
  /** Null for a project. */
  post_id: Types.ObjectId | null;
  gone: boolean;
  /** Grows with each event about it: whoever handles one writes here, so that no two handle one at the same time. */
  events_count: number;
  group: { id: Types.ObjectId; number: number; opened_at: Date } | null;
};

const group = new Schema({ id: Schema.Types.ObjectId, number: Number, opened_at: Date }, { _id: false });

const schema = new Schema<TargetDocument>(
  {
    _id: String,
    post_id: Schema.Types.ObjectId,
    gone: Boolean,
    events_count: Number,
    group: { type: group, default: null },
  },
  { collection: 'targets', versionKey: false },
);

/** The posts, comments and projects that a database has heard of. */
export const targetModel = (db: Connection): Model<TargetDocument> => db.model<TargetDocument>('Target', schema);
