import { Schema, type Connection } from 'mongoose';

export type LoginFailureDocument = {
  /** SHA-256 of the folded name: it may be anything that somebody typed, a password included. */
  _id: string;
  /** Times of the latest failures, no more than it takes to be refused. */
  failures: Date[];
  expires_at: Date;
};

const loginFailureSchema = new Schema<LoginFailureDocument>(
  { _id: { type: String, required: true }, failures: [Date], expires_at: { type: Date, required: true } },
  { versionKey: false },
);

export const loginFailureModel = (db: Connection) =>
  db.model<LoginFailureDocument>('LoginFailure', loginFailureSchema, 'login_failures');
