import type { Transaction } from '@commons/platform';
import { Schema, type Connection } from 'mongoose';

/** `_id` is viewer, post and day: whoever was counted on a day is not counted again. */
type ViewDocument = { _id: string; at: Date };

export type View = { viewerId: string; postId: string; at: Date };

export type ViewStore = {
  has(view: View): Promise<boolean>;
  /** @returns whether it is the viewer's first of that post on that day (UTC). */
  add(view: View, tx: Transaction): Promise<boolean>;
  removeOf(viewerId: string, tx: Transaction): Promise<void>;
};

const schema = new Schema<ViewDocument>({ _id: String, at: Date }, { collection: 'views', versionKey: false });

/** Who saw which post on which day; forgotten when the day is over. */
export function createViewStore(db: Connection): ViewStore {
  const views = db.model<ViewDocument>('View', schema);

  return {
    has: async (view) => (await views.exists({ _id: keyOf(view) })) !== null,
    async add(view, { session }) {
      const first = { $setOnInsert: { at: view.at } };
      return (await views.updateOne({ _id: keyOf(view) }, first, { upsert: true, session })).upsertedCount === 1;
    },
    async removeOf(viewerId, { session }) {
      await views.deleteMany({ _id: { $gte: `${viewerId}:`, $lt: `${viewerId};` } }, { session });
    },
  };
}

const keyOf = ({ viewerId, postId, at }: View): string => `${viewerId}:${postId}:${at.toISOString().slice(0, 10)}`;
