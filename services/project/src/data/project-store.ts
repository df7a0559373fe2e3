import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { projectModel, type ProjectDocument } from './project-model.ts';

/** A project as everything outside the store sees it. */
export type Project = { id: string; ownerId: string; title: string; createdAt: Date };

export type ProjectStore = ReturnType<typeof createProjectStore>;

/** The only file that touches the collection. Writes belong to a transaction. */
export function createProjectStore(db: Connection) {
  const model = projectModel(db);
  return {
    async find(id: string): Promise<Project | undefined> {
      const found = await model.findById(id).lean();
      return found ? toProject(found) : undefined;
    },

    async insert({ ownerId, title, createdAt }: Omit<Project, 'id'>, { session }: Transaction): Promise<Project> {
      const document: ProjectDocument = {
        _id: new Types.ObjectId(),
        owner_id: new Types.ObjectId(ownerId),
        title,
        created_at: createdAt,
      };
      await model.insertMany([document], { session });
      return toProject(document);
    },

    async removeOfOwner(ownerId: string, { session }: Transaction): Promise<void> {
      await model.deleteMany({ owner_id: ownerId }, { session });
    },
  };
}

function toProject({ _id, owner_id, title, created_at }: ProjectDocument): Project {
  return { id: _id.toHexString(), ownerId: owner_id.toHexString(), title, createdAt: created_at };
}
