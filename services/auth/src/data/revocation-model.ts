import { Schema, type Connection, type Types } from 'mongoose';

export type RevocationDocument = {
  _id: Types.ObjectId;
  session_id?: Types.ObjectId;
  user_id?: Types.ObjectId;
  issued_before?: number;
  at: Date;
  expires_at: Date;
};

const revocationSchema = new Schema<RevocationDocument>(
  {
    session_id: Schema.Types.ObjectId,
    user_id: Schema.Types.ObjectId,
    issued_before: Number,
    at: { type: Date, required: true },
    expires_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const revocationModel = (db: Connection) =>
  db.model<RevocationDocument>('Revocation', revocationSchema, 'revocations');
