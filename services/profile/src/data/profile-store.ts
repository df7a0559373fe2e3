import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { profileModel, type ProfileDocument } from './profile-model.ts';

/** A profile as everything outside the store sees it. */
export type Profile = { id: string; ownerId: string; title: string; createdAt: Date };

export type ProfileStore = ReturnType<typeof createProfileStore>;

/** The only file that touches the collection. Writes belong to a transaction. */
export function createProfileStore(db: Connection) {
  const model = profileModel(db);
  return {
    async find(id: string): Promise<Profile | undefined> {
      const found = await model.findById(id).lean();
      return found ? toProfile(found) : undefined;
    },

    async insert({ ownerId, title, createdAt }: Omit<Profile, 'id'>, { session }: Transaction): Promise<Profile> {
      const document: ProfileDocument = {
        _id: new Types.ObjectId(),
        owner_id: new Types.ObjectId(ownerId),
        title,
        created_at: createdAt,
      };
      await model.insertMany([document], { session });
      return toProfile(document);
    },

    async removeOfOwner(ownerId: string, { session }: Transaction): Promise<void> {
      await model.deleteMany({ owner_id: ownerId }, { session });
    },
  };
}

function toProfile({ _id, owner_id, title, created_at }: ProfileDocument): Profile {
  return { id: _id.toHexString(), ownerId: owner_id.toHexString(), title, createdAt: created_at };
}
