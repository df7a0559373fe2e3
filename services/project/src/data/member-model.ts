import { memberRole, type MemberRole } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type MemberDocument = {
  _id: Types.ObjectId;
  project_id: Types.ObjectId;
  user_id: Types.ObjectId;
  role: MemberRole;
  joined_at: Date;
};

const reference = { type: Schema.Types.ObjectId, required: true };

const schema = new Schema<MemberDocument>(
  {
    project_id: reference,
    user_id: reference,
    role: { type: String, required: true, enum: memberRole.options },
    joined_at: { type: Date, required: true },
  },
  { collection: 'members', versionKey: false },
);

/** The members of all projects of a database. */
export const memberModel = (db: Connection): Model<MemberDocument> => db.model<MemberDocument>('Member', schema);
