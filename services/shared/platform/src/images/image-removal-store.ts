import type { Connection } from 'mongoose';
import type { Transaction } from '../mongo/transaction.ts';

/** `_id` is the blob's name. */
type ImageRemovalDocument = { _id: string; due_at: Date };

export type ImageRemovalStore = {
  /**
   * Notes, before an image is stored, that it is to be removed unless it is claimed until then: a crash in between leaves
   * no image without an owner.
   */
  reserve(name: string, until: Date): Promise<void>;
  /** The image has an owner from now on. @returns false where it is too late. */
  claim(name: string, tx: Transaction): Promise<boolean>;
  /** Nothing has the images any more. */
  add(names: readonly string[], at: Date, tx: Transaction): Promise<void>;
  /** Gives back what was reserved and not claimed. */
  release(name: string, at: Date): Promise<void>;
  /** Names of images that are due to be removed. */
  due(at: Date, limit: number): Promise<string[]>;
  done(name: string): Promise<void>;
};

const removalsOf = (db: Connection) => db.collection<ImageRemovalDocument>('image_removals');

/** Makes the collection of images that are to be removed: a migration of each service that has images. */
export async function prepareImageRemovals(db: Connection): Promise<void> {
  await removalsOf(db).createIndexes([{ key: { due_at: 1 } }]);
}

/** Images that are to be removed from the blob storage. */
export function createImageRemovalStore(db: Connection): ImageRemovalStore {
  const removals = removalsOf(db);

  return {
    async reserve(name, until) {
      await removals.insertOne({ _id: name, due_at: until });
    },
    claim: async (name, { session }) => (await removals.deleteOne({ _id: name }, { session })).deletedCount === 1,
    async add(names, at, { session }) {
      const entries = names.map((name) => ({ _id: name, due_at: at }));
      if (entries.length > 0) await removals.insertMany(entries, { session });
    },
    async release(name, at) {
      await removals.updateOne({ _id: name }, { $set: { due_at: at } });
    },
    async due(at, limit) {
      const found = await removals
        .find({ due_at: { $lte: at } })
        .sort({ due_at: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id);
    },
    async done(name) {
      await removals.deleteOne({ _id: name });
    },
  };
}
