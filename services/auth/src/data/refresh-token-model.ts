import { Schema, type Connection, type Types } from 'mongoose';

export type RefreshTokenDocument = {
  /** SHA-256 of the token. */
  _id: string;
  session_id: Types.ObjectId;
  user_id: Types.ObjectId;
  /** When it was exchanged for the next one; null for the one that is good. */
  spent_at: Date | null;
  expires_at: Date;
};

const refreshTokenSchema = new Schema<RefreshTokenDocument>(
  {
    _id: { type: String, required: true },
    session_id: { type: Schema.Types.ObjectId, required: true },
    user_id: { type: Schema.Types.ObjectId, required: true },
    spent_at: Date,
    expires_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const refreshTokenModel = (db: Connection) =>
  db.model<RefreshTokenDocument>('RefreshToken', refreshTokenSchema, 'refresh_tokens');
