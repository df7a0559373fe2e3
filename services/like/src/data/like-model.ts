import type { LikeTarget } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type LikeDocument = {
  _id: Types.ObjectId;
  target_type: LikeTarget;
  target_id: Types.ObjectId;
  user_id: Types.ObjectId;
  created_at: Date;
};

const schema = new Schema<LikeDocument>(
  {
    target_type: String,
    target_id: Schema.Types.ObjectId,
    user_id: Schema.Types.ObjectId,
    created_at: Date,
  },
  { collection: 'likes', versionKey: false },
);

/** Who likes what, of a database. */
export const likeModel = (db: Connection): Model<LikeDocument> => db.model<LikeDocument>('Like', schema);
