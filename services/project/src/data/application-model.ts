import { applicationStatus, type ApplicationStatus } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';

export type ApplicationDocument = {
  _id: Types.ObjectId;
  project_id: Types.ObjectId;
  owner_id: Types.ObjectId;
  applicant_id: Types.ObjectId;
  message: string;
  rate: number | null;
  status: ApplicationStatus;
  created_at: Date;
  updated_at: Date;
};

const reference = { type: Schema.Types.ObjectId, required: true };
const text = { type: String, required: true };
const time = { type: Date, required: true };

const schema = new Schema<ApplicationDocument>(
  {
    project_id: reference,
    owner_id: reference,
    applicant_id: reference,
    message: text,
    rate: { type: Number, default: null },
    status: { ...text, enum: applicationStatus.options },
    created_at: time,
    updated_at: time,
  },
  { collection: 'applications', versionKey: false },
);

/** The applications of a database. */
export const applicationModel = (db: Connection): Model<ApplicationDocument> =>
  db.model<ApplicationDocument>('Application', schema);
