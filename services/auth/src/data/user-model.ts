import type { Role, UserStatus } from '@commons/contracts';
import { Schema, type Connection, type Types } from 'mongoose';

export type UserDocument = {
  _id: Types.ObjectId;
  /** Absent once the account is deleted, like everything personal. */
  username?: string;
  username_folded?: string;
  email?: string;
  email_folded?: string;
  password_hash?: string;
  first_name?: string;
  last_name?: string;
  search_keys: string[];
  roles: Role[];
  status: UserStatus;
  email_verified: boolean;
  username_revision: number;
  tokens_from: number;
  created_at: Date;
  /** Latest login or refresh; written by each, so that a change of the account and a new token never miss each other. */
  active_at: Date;
};

const userSchema = new Schema<UserDocument>(
  {
    username: String,
    username_folded: String,
    email: String,
    email_folded: String,
    password_hash: String,
    first_name: String,
    last_name: String,
    search_keys: [String],
    roles: [String],
    status: { type: String, required: true },
    email_verified: { type: Boolean, required: true },
    username_revision: { type: Number, required: true },
    tokens_from: { type: Number, required: true },
    created_at: { type: Date, required: true },
    active_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const userModel = (db: Connection) => db.model<UserDocument>('User', userSchema, 'users');
