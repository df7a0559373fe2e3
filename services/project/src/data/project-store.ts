import type { ProjectStatus } from '@commons/contracts';
import { wordsOf, type Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { listsOf } from '../domain/lists.ts';
import { dueAt, type Project, type ProjectFields } from '../domain/project.ts';
import { projectModel, type ProjectDocument } from './project-model.ts';
import { toProject, WITHOUT_DERIVED, type StoredProject } from './to-project.ts';

export type NewProject = ProjectFields & { ownerId: string; status: ProjectStatus; at: Date };
export type ProjectChange = Partial<ProjectFields> & { status?: ProjectStatus; at: Date };
/** How many more (or fewer) applications and members there are. */
export type CountChange = { applications?: number; members?: 1 | -1 };
export type Counts = { applicationsCount: number; membersCount: number };

export type ProjectStore = {
  find(id: string, tx?: Transaction): Promise<Project | undefined>;
  findAll(ids: readonly string[]): Promise<Project[]>;
  /** All projects in the order of their ids, from the one after `after`, with their counts alone. */
  listById(options: {
    after?: string | undefined;
    limit: number;
  }): Promise<Pick<Project, 'id' | 'applicationsCount' | 'membersCount'>[]>;
  /** Some projects of an owner, in no order. */
  someOf(ownerId: string, limit: number, tx: Transaction): Promise<Project[]>;
  /** The owner is its first member. */
  create(project: NewProject, tx: Transaction): Promise<Project>;
  /** @param before as it was read in this transaction. @returns the project after the change. */
  change(before: Project, change: ProjectChange, tx: Transaction): Promise<Project | undefined>;
  /**
   * Counts what came or went. It writes to the project's document, so that this and any change of its status or its end exclude each
   * other. @returns the project after that; undefined where it has gone.
   */
  count(id: string, change: CountChange, tx: Transaction): Promise<Project | undefined>;
  /** Sets counts right, as a change of its own in the order of changes. */
  correct(id: string, counts: Counts, tx: Transaction): Promise<void>;
  /** @returns whether they were there. */
  remove(ids: readonly string[], tx: Transaction): Promise<boolean>;
};

/** Projects, one by one. */
export function createProjectStore(db: Connection): ProjectStore {
  const projects = projectModel(db);

  return {
    async find(id, tx) {
      const found = projects.findById(id, WITHOUT_DERIVED).session(tx?.session ?? null);
      const stored = await found.lean<StoredProject>();
      return stored ? toProject(stored) : undefined;
    },
    async findAll(ids) {
      return (await projects.find({ _id: { $in: ids } }, WITHOUT_DERIVED).lean<StoredProject[]>()).map(toProject);
    },
    async listById({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      const fields = { applications_count: 1, members_count: 1 };
      const found = await projects.find(later, fields).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id, applications_count, members_count }) => ({
        id: _id.toHexString(),
        applicationsCount: applications_count,
        membersCount: members_count,
      }));
    },
    async someOf(ownerId, limit, { session }) {
      const own = projects.find({ owner_id: ownerId }, WITHOUT_DERIVED).session(session).limit(limit);
      return (await own.lean<StoredProject[]>()).map(toProject);
    },
    async create({ at, ownerId, ...project }, { session }) {
      const entry = { ...toDocument({ ...project, ownerId }), owner_id: ownerId, created_at: at, updated_at: at };
      const counts = { revision: 1, applications_count: 0, members_count: 1, members_revision: 1 };
      const [stored] = await projects.create([{ ...entry, ...counts }], { session });
      if (!stored) throw new Error('a project that was created is always there');
      return toProject(stored.toObject());
    },
    async change(before, { at, ...change }, { session }) {
      const update = { $set: { ...toDocument({ ...before, ...change }), updated_at: at }, $inc: { revision: 1 } };
      const options = { session, returnDocument: 'after', projection: WITHOUT_DERIVED } as const;
      const stored = await projects.findByIdAndUpdate(before.id, update, options).lean<StoredProject>();
      return stored ? toProject(stored) : undefined;
    },
    async count(id, { applications = 0, members = 0 }, { session }) {
      const counts = { applications_count: applications, members_count: members };
      const update = { $inc: { ...counts, members_revision: members === 0 ? 0 : 1 } };
      const options = { session, returnDocument: 'after', projection: WITHOUT_DERIVED } as const;
      const stored = await projects.findByIdAndUpdate(id, update, options).lean<StoredProject>();
      return stored ? toProject(stored) : undefined;
    },
    async correct(id, { applicationsCount, membersCount }, { session }) {
      const counts = { applications_count: applicationsCount, members_count: membersCount };
      await projects.updateOne({ _id: id }, { $set: counts, $inc: { members_revision: 1 } }, { session });
    },
    async remove(ids, { session }) {
      return (await projects.deleteMany({ _id: { $in: ids } }, { session })).deletedCount === ids.length;
    },
  };
}

type Fields = ProjectFields & Pick<Project, 'ownerId' | 'status'>;
type FieldsDocument = Pick<
  ProjectDocument,
  'title' | 'description' | 'skills' | 'budget' | 'deadline' | 'remote' | 'status' | 'lists' | 'words' | 'due_at'
>;

/** What an owner says, and what is kept beside it so that the project is found. */
function toDocument(project: Fields): FieldsDocument {
  const { title, description, skills, budget, deadline, isRemote, status } = project;
  return {
    ...{ title, description, skills, budget, deadline, remote: isRemote, status },
    lists: listsOf(project),
    words: wordsOf([title, description, ...skills].join('\n')),
    due_at: dueAt(project),
  };
}
