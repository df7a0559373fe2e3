import type { Transaction } from '@commons/platform';
import { Schema, type Connection, type Types } from 'mongoose';

type ProjectDocument = {
  _id: Types.ObjectId;
  title: string | null;
  title_revision: number;
  /** Grows with each event about it: whoever handles one writes here, so that no two handle one at the same time. */
  events_count: number;
  gone: boolean;
};

type MemberDocument = {
  /** `<project's id>:<user's id>` */
  _id: string;
  user_id: Types.ObjectId;
  revision: number;
};

export type Project = { title: string | null; isGone: boolean };
/** Somebody comes to a project or leaves it; `revision` is the order of such changes there. */
export type MemberChange = { projectId: string; userId: string; revision: number };

/** What is known of projects: enough to bear their events in any order. */
export type ProjectStore = {
  /** Keeps everybody else off a project until the transaction ends. */
  hold(projectId: string, tx: Transaction): Promise<Project>;
  /** Takes a title over, unless a later one is there. @returns whether it did. */
  retitle(projectId: string, title: { title: string; revision: number }, tx: Transaction): Promise<boolean>;
  /** @returns whether the change is the latest of that user and project. */
  noteMember(change: MemberChange, tx: Transaction): Promise<boolean>;
  /** Notes that it has gone, for good. */
  bury(projectId: string, tx: Transaction): Promise<void>;
  /** Forgets in which projects somebody is or was. */
  forgetMember(userId: string, tx: Transaction): Promise<void>;
};

const projectSchema = new Schema<ProjectDocument>(
  { title: { type: String, default: null }, title_revision: Number, events_count: Number, gone: Boolean },
  { collection: 'projects', versionKey: false },
);
const memberSchema = new Schema<MemberDocument>(
  { _id: String, user_id: Schema.Types.ObjectId, revision: Number },
  { collection: 'project_members', versionKey: false },
);

/** The projects that a database has heard of. */
export function createProjectStore(db: Connection): ProjectStore {
  const projects = db.model<ProjectDocument>('Project', projectSchema);
  const members = db.model<MemberDocument>('ProjectMember', memberSchema);

  return {
    async hold(projectId, { session }) {
      const fresh = { title: null, title_revision: -1, gone: false };
      const change = { $inc: { events_count: 1 }, $setOnInsert: fresh };
      const options = { upsert: true, session, returnDocument: 'after' } as const;
      const { title, gone } = await projects.findByIdAndUpdate(projectId, change, options).lean().orFail();
      return { title, isGone: gone };
    },
    async retitle(projectId, { title, revision }, { session }) {
      const earlier = { _id: projectId, title_revision: { $lt: revision } };
      const change = { $set: { title, title_revision: revision } };
      return (await projects.updateOne(earlier, change, { session })).modifiedCount === 1;
    },
    async noteMember({ projectId, userId, revision }, { session }) {
      const isLater = { $lt: [{ $ifNull: ['$revision', -1] }, revision] };
      const change = { user_id: { $toObjectId: userId }, revision: { $cond: [isLater, revision, '$revision'] } };
      const options = { upsert: true, updatePipeline: true, session } as const;
      const { modifiedCount, upsertedCount } = await members.updateOne(
        { _id: `${projectId}:${userId}` },
        [{ $set: change }],
        options,
      );
      return modifiedCount + upsertedCount > 0;
    },
    async bury(projectId, { session }) {
      await projects.updateOne({ _id: projectId }, { $set: { gone: true, title: null } }, { session });
      await members.deleteMany({ _id: { $gte: `${projectId}:`, $lt: `${projectId};` } }, { session });
    },
    async forgetMember(userId, { session }) {
      await members.deleteMany({ user_id: userId }, { session });
    },
  };
}
