import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { TargetKey } from '../domain/target.ts';

export type LikeDocument = {
  /** `<target>:<actor's id>` */
  _id: string;
  target: TargetKey;
  post_id: Types.ObjectId;
  actor_id: Types.ObjectId;
  /** Whose post or comment it is. */
  recipient_id?: Types.ObjectId;
  revision: number;
  /** False also where a block keeps the two apart: it is told of no more than one that was taken back. */
  liked: boolean;
  group_id: Types.ObjectId | null;
  /** When the notification's owner heard of it. */
  told_at: Date | null;
};

const schema = new Schema<LikeDocument>(
  {
    _id: String,
    target: String,
    post_id: Schema.Types.ObjectId,
    actor_id: Schema.Types.ObjectId,
    recipient_id: Schema.Types.ObjectId,
    revision: Number,
    liked: Boolean,
    group_id: { type: Schema.Types.ObjectId, default: null },
    told_at: { type: Date, default: null },
  },
  { collection: 'likes', versionKey: false },
);

/** What a database knows of who likes what. */
export const likeModel = (db: Connection): Model<LikeDocument> => db.model<LikeDocument>('Like', schema);
