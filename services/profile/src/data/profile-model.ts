import { Schema, type Connection, type Types } from 'mongoose';

/** A profile as MongoDB keeps it. */
export type ProfileDocument = { _id: Types.ObjectId; owner_id: Types.ObjectId; title: string; created_at: Date };

const schema = new Schema<ProfileDocument>(
  {
    owner_id: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    created_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const profileModel = (db: Connection) => db.model<ProfileDocument>('Profile', schema, 'profiles');
