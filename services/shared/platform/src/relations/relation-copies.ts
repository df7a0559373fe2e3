import type { RelationPair } from '@commons/contracts';
import { Types, type Connection } from 'mongoose';
import type { Transaction } from '../mongo/transaction.ts';

/** What one user did to another, whether it holds, and where it stands in the order of such changes between these two. */
export type Relation = { fromId: string; toId: string; isOn: boolean; revision: number };

/** Copies of one kind of relation between users: who follows whom, or who blocks whom. The originals are `subscription`'s. */
export type RelationCopies = {
  /** Takes news over, unless later ones are there. @returns whether anything changed. */
  note(relation: Relation, tx?: Transaction): Promise<boolean>;
  /** Whether it holds from one user to another. */
  holds(fromId: string, toId: string, tx?: Transaction): Promise<boolean>;
  /** To whom among some it holds from a user. */
  targetsAmong(fromId: string, toIds: readonly string[]): Promise<Set<string>>;
  /** Whether it holds from one of two users to the other, whichever. */
  holdsBetween(oneId: string, otherId: string, tx?: Transaction): Promise<boolean>;
  /** To whom it holds from a user, in the order of their ids. */
  targetsOf(fromId: string, options?: { limit?: number }): Promise<string[]>;
  /** From whom it holds to a user, in the order of their ids. */
  sourcesOf(toId: string, options?: { limit?: number }): Promise<string[]>;
  /** Every copy, in the order of the pairs. */
  list(options: { after?: Pick<RelationPair, 'from_id' | 'to_id'> | undefined; limit: number }): Promise<Relation[]>;
  /** Takes a copy away whose original is not there, where it has not changed since it was listed. */
  remove(listed: Relation): Promise<boolean>;
};

type Entry = {
  _id: string;
  from: Types.ObjectId;
  to: Types.ObjectId;
  on: boolean;
  revision: number;
  ended_at: Date | null;
};

/** What has ended is known for this long, so that an event of old does not bring it back. */
const ENDED_KEPT_SECONDS = 30 * 24 * 60 * 60;

const entriesOf = (db: Connection, collection: string) => db.collection<Entry>(collection);
const keyOf = (fromId: string, toId: string): string => `${fromId}:${toId}`;

/** Makes the collection: a migration of each service that keeps such copies. */
export async function prepareRelationCopies(db: Connection, collection: string): Promise<void> {
  await entriesOf(db, collection).createIndexes([
    { key: { from: 1, on: 1, to: 1 } },
    { key: { to: 1, on: 1, from: 1 } },
    { key: { ended_at: 1 }, expireAfterSeconds: ENDED_KEPT_SECONDS },
  ]);
}

/** Copies kept in a collection of a service's own database. */
export function createRelationCopies(db: Connection, collection: string): RelationCopies {
  const entries = entriesOf(db, collection);

  return {
    async note({ fromId, toId, isOn, revision }, tx) {
      const isNews = { $lt: [{ $ifNull: ['$revision', -1] }, revision] };
      const take = (field: string, value: unknown) => ({ $cond: [isNews, { $literal: value }, `$${field}`] });
      const change = {
        from: new Types.ObjectId(fromId),
        to: new Types.ObjectId(toId),
        on: take('on', isOn),
        ended_at: take('ended_at', isOn ? null : new Date()),
        revision: take('revision', revision),
      };
      const options = { upsert: true, ...(tx && { session: tx.session }) };
      const { modifiedCount, upsertedCount } = await entries.updateOne(
        { _id: keyOf(fromId, toId) },
        [{ $set: change }],
        options,
      );
      return modifiedCount + upsertedCount > 0;
    },
    async holds(fromId, toId, tx) {
      const options = { projection: { _id: 1 }, ...(tx && { session: tx.session }) };
      return (await entries.findOne({ _id: keyOf(fromId, toId), on: true }, options)) !== null;
    },
    async targetsAmong(fromId, toIds) {
      if (toIds.length === 0) return new Set();
      const keys = toIds.map((toId) => keyOf(fromId, toId));
      const found = entries.find({ _id: { $in: keys }, on: true }, { projection: { _id: 0, to: 1 } });
      return new Set((await found.toArray()).map(({ to }) => to.toHexString()));
    },
    async holdsBetween(oneId, otherId, tx) {
      const options = { projection: { _id: 1 }, ...(tx && { session: tx.session }) };
      const either = { _id: { $in: [keyOf(oneId, otherId), keyOf(otherId, oneId)] }, on: true };
      return (await entries.findOne(either, options)) !== null;
    },
    async targetsOf(fromId, { limit = 0 } = {}) {
      const found = entries.find({ from: new Types.ObjectId(fromId), on: true }, { projection: { _id: 0, to: 1 } });
      return (await found.sort({ to: 1 }).limit(limit).toArray()).map(({ to }) => to.toHexString());
    },
    async sourcesOf(toId, { limit = 0 } = {}) {
      const found = entries.find({ to: new Types.ObjectId(toId), on: true }, { projection: { _id: 0, from: 1 } });
      return (await found.sort({ from: 1 }).limit(limit).toArray()).map(({ from }) => from.toHexString());
    },
    async list({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: keyOf(after.from_id, after.to_id) } };
      return (await entries.find(later).sort({ _id: 1 }).limit(limit).toArray()).map(toRelation);
    },
    async remove({ fromId, toId, revision }) {
      return (await entries.deleteOne({ _id: keyOf(fromId, toId), revision })).deletedCount === 1;
    },
  };
}

const toRelation = ({ from, to, on, revision }: Entry): Relation => ({
  fromId: from.toHexString(),
  toId: to.toHexString(),
  isOn: on,
  revision,
});
