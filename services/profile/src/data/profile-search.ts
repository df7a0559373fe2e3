import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { nameKeysOf, type NameKey, type NameScope } from '../domain/name-keys.ts';
import type { Profile } from '../domain/profile.ts';

type Entry = NameKey & { _id: Types.ObjectId; user_id: Types.ObjectId };

/** The folded beginning of a name, and whose names do not count. */
export type NameQuery = { scope: NameScope; term: string; hidden: readonly string[] };
/** Where a reader has got to: the last name, and whose it is. */
export type Position = { key: string; userId: string };

export type ProfileSearch = {
  /** Has a profile found by the names that it has now. @returns whether it was found by others. */
  put(profile: Profile, tx: Transaction): Promise<boolean>;
  remove(userId: string, tx: Transaction): Promise<void>;
  /** Those whose name begins so, each once, in the order of the names: the shortest match comes first. */
  read(query: NameQuery & { limit: number; skip?: number; after?: Position | undefined }): Promise<Position[]>;
  /** How many there are, but at most `limit`. */
  count(query: NameQuery & { limit?: number }): Promise<number>;
};

const INDEX = { scope: 1, from: 1, key: 1, user_id: 1 } as const;

const namesOf = (db: Connection) => db.collection<Entry>('names');

/** Makes the collection of names: part of a migration. */
export async function prepareSearch(db: Connection): Promise<void> {
  await namesOf(db).createIndexes([{ key: INDEX }, { key: { user_id: 1 } }]);
}

/** The names by which profiles are found, one entry each, read along an index that answers by itself. */
export function createProfileSearch(db: Connection): ProfileSearch {
  const names = namesOf(db);

  return {
    async put(profile, { session }) {
      const user_id = new Types.ObjectId(profile.id);
      const right = nameKeysOf(profile);
      const known = await names.find({ user_id }, { session }).toArray();
      if (isSame(known, right)) return false;
      await names.deleteMany({ user_id }, { session });
      const entries = right.map((key) => ({ _id: new Types.ObjectId(), user_id, ...key }));
      if (entries.length > 0) await names.insertMany(entries, { session });
      return true;
    },
    async remove(userId, { session }) {
      await names.deleteMany({ user_id: new Types.ObjectId(userId) }, { session });
    },
    async read({ limit, skip = 0, after, ...query }) {
      const found = names
        .find(stretches(query, after), { projection: { _id: 0, key: 1, user_id: 1 } })
        .hint(INDEX)
        .sort({ key: 1, user_id: 1 })
        .skip(skip)
        .limit(limit);
      return (await found.toArray()).map(({ key, user_id }) => ({ key, userId: user_id.toHexString() }));
    },
    count: ({ limit, ...query }) =>
      names.countDocuments(membership(query), { hint: INDEX, ...(limit !== undefined && { limit }) }),
  };
}

/**
 * Each stretch is a part of the index that is in the order of the names already, so that the database merges them without
 * sorting: one for each number of characters from which a name may count, and after a position two of each, the rest of the
 * same name and the names beyond it.
 */
function stretches({ scope, term, hidden }: NameQuery, after?: Position): object {
  const end = `${term}\u{10ffff}`;
  const steps = after
    ? [
        { key: after.key, user_id: { ...unlike(hidden), $gt: new Types.ObjectId(after.userId) } },
        { key: { $gt: after.key, $lt: end }, ...seen(hidden) },
      ]
    : [{ key: { $gte: term, $lt: end }, ...seen(hidden) }];
  return { $or: lengthsOf(term).flatMap((from) => steps.map((step) => ({ scope, from, ...step }))) };
}

/** The same where no order is asked for. */
const membership = ({ scope, term, hidden }: NameQuery): object => ({
  ...{ scope, from: { $in: lengthsOf(term) }, key: { $gte: term, $lt: `${term}\u{10ffff}` } },
  ...seen(hidden),
});

const lengthsOf = (term: string): number[] => [...Array(term.length + 1).keys()];

const unlike = (hidden: readonly string[]): { $nin?: Types.ObjectId[] } =>
  hidden.length > 0 ? { $nin: hidden.map((id) => new Types.ObjectId(id)) } : {};

const seen = (hidden: readonly string[]): object => (hidden.length > 0 ? { user_id: unlike(hidden) } : {});

function isSame(known: readonly NameKey[], right: readonly NameKey[]): boolean {
  const textOf = ({ scope, key, from }: NameKey): string => JSON.stringify([scope, key, from]);
  const texts = new Set(known.map(textOf));
  return known.length === right.length && right.every((key) => texts.has(textOf(key)));
}
