import { projectStatus, type ProjectStatus } from '@commons/contracts';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Budget } from '../domain/project.ts';

export type ProjectDocument = {
  _id: Types.ObjectId;
  owner_id: Types.ObjectId;
  title: string;
  description: string;
  skills: string[];
  budget: Budget | null;
  deadline: Date | null;
  remote: boolean;
  status: ProjectStatus;
  created_at: Date;
  updated_at: Date;
  revision: number;
  applications_count: number;
  members_count: number;
  members_revision: number;
  /** The names of the lists in which it stands. */
  lists: string[];
  /** The words of title, description and skills as search compares them. */
  words: string[];
  /** The deadline; the end of time where there is none, so that those come last. */
  due_at: Date;
};

const text = { type: String, required: true };
const count = { type: Number, required: true };
const time = { type: Date, required: true };

const schema = new Schema<ProjectDocument>(
  {
    owner_id: { type: Schema.Types.ObjectId, required: true },
    title: text,
    description: text,
    skills: [String],
    budget: { type: new Schema({ amount: count, currency: text }, { _id: false }), default: null },
    deadline: { type: Date, default: null },
    remote: { type: Boolean, required: true },
    status: { ...text, enum: projectStatus.options },
    created_at: time,
    updated_at: time,
    revision: count,
    applications_count: count,
    members_count: count,
    members_revision: count,
    lists: [String],
    words: [String],
    due_at: time,
  },
  { collection: 'projects', versionKey: false },
);

/** The projects of a database. */
export const projectModel = (db: Connection): Model<ProjectDocument> => db.model<ProjectDocument>('Project', schema);
