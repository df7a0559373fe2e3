import type { ApplicationStatus } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Application, Decision } from '../domain/application.ts';
import { applicationModel, type ApplicationDocument } from './application-model.ts';

export type NewApplication = Pick<Application, 'projectId' | 'ownerId' | 'applicantId' | 'message' | 'rate'> & {
  at: Date;
};

/** Which applications: those to a project, or those of an applicant. */
export type ApplicationFilter = ({ projectId: string } | { applicantId: string }) & {
  status?: ApplicationStatus | undefined;
  /** People whose applications, and whose projects, are left out. */
  hidden: readonly string[];
};

/** From where a list is read on: past so many, or from the application after this one. */
export type ListPart = { limit: number; skip?: number; before?: string };

export type ApplicationStore = {
  find(id: string, tx: Transaction): Promise<Application | undefined>;
  /** Whether somebody has ever applied for a project. */
  hasApplied(projectId: string, applicantId: string, tx: Transaction): Promise<boolean>;
  create(application: NewApplication, tx: Transaction): Promise<Application>;
  /** @returns the application after the decision; undefined where it was not pending. */
  decide(id: string, decision: Decision, at: Date, tx: Transaction): Promise<Application | undefined>;
  /** Latest first. */
  list(filter: ApplicationFilter, part: ListPart): Promise<Application[]>;
  count(filter: ApplicationFilter, limit?: number): Promise<number>;
  /** How many there are of each project, by its id; none where there are none. */
  countsOf(projectIds: readonly string[], tx?: Transaction): Promise<Map<string, number>>;
  someBy(applicantId: string, limit: number, tx: Transaction): Promise<Application[]>;
  remove(id: string, tx: Transaction): Promise<void>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSomeOf(projectId: string, limit: number, tx: Transaction): Promise<number>;
};

/** Applications, in the order of their ids, which is that in which they were made. */
export function createApplicationStore(db: Connection): ApplicationStore {
  const applications = applicationModel(db);

  return {
    async find(id, { session }) {
      const stored = await applications.findById(id).session(session).lean();
      return stored ? toApplication(stored) : undefined;
    },
    async hasApplied(projectId, applicantId, { session }) {
      const found = applications.exists({ project_id: projectId, applicant_id: applicantId });
      return (await found.session(session)) !== null;
    },
    async create({ projectId, ownerId, applicantId, message, rate, at }, { session }) {
      const people = { project_id: projectId, owner_id: ownerId, applicant_id: applicantId };
      const entry = { ...people, message, rate, status: 'pending', created_at: at, updated_at: at } as const;
      const [stored] = await applications.create([entry], { session });
      if (!stored) throw new Error('an application that was created is always there');
      return toApplication(stored.toObject());
    },
    async decide(id, decision, at, { session }) {
      const change = { $set: { status: decision, updated_at: at } };
      const options = { session, returnDocument: 'after' } as const;
      const stored = await applications.findOneAndUpdate({ _id: id, status: 'pending' }, change, options).lean();
      return stored ? toApplication(stored) : undefined;
    },
    async list(filter, { limit, skip = 0, before }) {
      const earlier = before === undefined ? {} : { _id: { $lt: new Types.ObjectId(before) } };
      const found = applications.find({ ...conditionsOf(filter), ...earlier }).sort({ _id: -1 });
      return (await found.skip(skip).limit(limit).lean()).map(toApplication);
    },
    count: (filter, limit) =>
      applications.countDocuments(conditionsOf(filter), { ...(limit !== undefined && { limit }) }),
    async countsOf(projectIds, tx) {
      const ids = projectIds.map((id) => new Types.ObjectId(id));
      const counted = applications.aggregate<{ _id: Types.ObjectId; count: number }>([
        { $match: { project_id: { $in: ids } } },
        { $group: { _id: '$project_id', count: { $sum: 1 } } },
      ]);
      const found = await counted.session(tx?.session ?? null);
      return new Map(found.map(({ _id, count }) => [_id.toHexString(), count]));
    },
    async someBy(applicantId, limit, { session }) {
      const stored = await applications.find({ applicant_id: applicantId }).session(session).limit(limit).lean();
      return stored.map(toApplication);
    },
    async remove(id, { session }) {
      await applications.deleteOne({ _id: id }, { session });
    },
    async removeSomeOf(projectId, limit, { session }) {
      const found = await applications.find({ project_id: projectId }, { _id: 1 }).session(session).limit(limit).lean();
      await applications.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}

function conditionsOf({ status, hidden, ...of }: ApplicationFilter): Record<string, unknown> {
  const others = hidden.length > 0 && { $nin: hidden };
  return {
    ...('projectId' in of
      ? { project_id: of.projectId, ...(others && { applicant_id: others }) }
      : { applicant_id: of.applicantId, ...(others && { owner_id: others }) }),
    ...(status !== undefined && { status }),
  };
}

const toApplication = (stored: ApplicationDocument): Application => ({
  id: stored._id.toHexString(),
  projectId: stored.project_id.toHexString(),
  ownerId: stored.owner_id.toHexString(),
  applicantId: stored.applicant_id.toHexString(),
  message: stored.message,
  rate: stored.rate,
  status: stored.status,
  createdAt: stored.created_at,
  updatedAt: stored.updated_at,
});
