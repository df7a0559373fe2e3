import { Schema, type Connection, type Types } from 'mongoose';

/** A project as MongoDB keeps it. */
export type ProjectDocument = { _id: Types.ObjectId; owner_id: Types.ObjectId; title: string; created_at: Date };

const schema = new Schema<ProjectDocument>(
  {
    owner_id: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    created_at: { type: Date, required: true },
  },
  { versionKey: false },
);

export const projectModel = (db: Connection) => db.model<ProjectDocument>('Project', schema, 'projects');
