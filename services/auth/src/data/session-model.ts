import { Schema, type Connection, type Types } from 'mongoose';

export type SessionDocument = {
  _id: Types.ObjectId;
  user_id: Types.ObjectId;
  ip: string | null;
  user_agent: string | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
};

const sessionSchema = new Schema<SessionDocument>(
  {
    user_id: { type: Schema.Types.ObjectId, required: true },
    ip: String,
    user_agent: String,
    created_at: { type: Date, required: true },
    last_seen_at: { type: Date, required: true },
    expires_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const sessionModel = (db: Connection) => db.model<SessionDocument>('Session', sessionSchema, 'sessions');
