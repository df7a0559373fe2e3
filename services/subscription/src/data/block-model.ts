import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type BlockDocument = {
  _id: Types.ObjectId;
  blocker_id: Types.ObjectId;
  blocked_id: Types.ObjectId;
  is_on: boolean;
  /** Grows by one with each change; the document stays over an end, so that it goes on. */
  revision: number;
  created_at: Date;
};

const schema = new Schema<BlockDocument>(
  {
    blocker_id: Schema.Types.ObjectId,
    blocked_id: Schema.Types.ObjectId,
    is_on: Boolean,
    revision: Number,
    created_at: Date,
  },
  { collection: 'blocks', versionKey: false },
);

/** Who blocks whom, of a database: one document for each pair. */
export const blockModel = (db: Connection): Model<BlockDocument> => db.model<BlockDocument>('Block', schema);
