import type { Visibility } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Person } from '../domain/person.ts';
import { personModel, type PersonDocument } from './person-model.ts';

export type Name = { userId: string; username: string; revision: number };
/** What `profile` says of a user; what is left out is unchanged. */
export type ProfileNews = {
  userId: string;
  nickname?: string | null | undefined;
  avatarUrl?: string | null | undefined;
  visibility?: Visibility | undefined;
  revision: number;
};

export type PersonStore = {
  find(ids: readonly string[], tx?: Transaction): Promise<Map<string, Person>>;
  /** Takes a name over, unless a later one is there. One from a token has the revision 0. @returns whether anything changed. */
  rename(name: Name, tx?: Transaction): Promise<boolean>;
  /** Takes over what later news is not there of. @returns whether anything changed. */
  describe(news: ProfileNews, tx?: Transaction): Promise<boolean>;
  /** Forgets all of a user, for good. */
  erase(userId: string, at: Date, tx: Transaction): Promise<void>;
  /** Ids of all who are there, in order. */
  listIds(options: { after?: string | undefined; limit: number }): Promise<string[]>;
};

/** Who is not known: as a new account is. */
const NOTHING = { username: null, nickname: null, avatar_url: null, visibility: 'public' } as const;
type Field = keyof typeof NOTHING;
const FIELDS = Object.keys(NOTHING) as Field[];

/** Users as they are shown here: copies of what `auth` and `profile` own. */
export function createPersonStore(db: Connection): PersonStore {
  const people = personModel(db);

  async function note(
    userId: string,
    { news, revision }: { news: Partial<Record<Field, string | null | undefined>>; revision: number },
    tx?: Transaction,
  ): Promise<boolean> {
    const change = Object.assign({}, ...FIELDS.map((field) => taking(field, news[field], revision))) as object;
    const options = { upsert: true, updatePipeline: true, ...(tx && { session: tx.session }) };
    const pipeline = [{ $set: { ...change, erased_at: { $ifNull: ['$erased_at', null] } } }];
    const { modifiedCount, upsertedCount } = await people.updateOne({ _id: userId }, pipeline, options);
    return modifiedCount + upsertedCount > 0;
  }

  return {
    async find(ids, tx) {
      if (ids.length === 0) return new Map();
      const found = people.find({ _id: { $in: [...new Set(ids)] } }).session(tx?.session ?? null);
      return new Map((await found.lean()).map(toPerson).map((person) => [person.id, person]));
    },
    rename: ({ userId, username, revision }, tx) => note(userId, { news: { username }, revision }, tx),
    describe: ({ userId, nickname, avatarUrl, visibility, revision }, tx) =>
      note(userId, { news: { nickname, avatar_url: avatarUrl, visibility }, revision }, tx),
    async erase(userId, at, { session }) {
      const never = Object.fromEntries(FIELDS.map((field) => [`${field}_revision`, Number.MAX_SAFE_INTEGER]));
      const change = { $set: { ...NOTHING, ...never, erased_at: at } };
      await people.updateOne({ _id: userId }, change, { upsert: true, session });
    },
    async listIds({ after, limit }) {
      const wanted = { erased_at: null, ...(after !== undefined && { _id: { $gt: new Types.ObjectId(after) } }) };
      const found = await people.find(wanted, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}

/** The part of an update that takes one field over, where this is news. */
function taking(field: Field, value: string | null | undefined, revision: number): object {
  const known = { $ifNull: [`$${field}`, NOTHING[field]] };
  const knownRevision = { $ifNull: [`$${field}_revision`, -1] };
  if (value === undefined) return { [field]: known, [`${field}_revision`]: knownRevision };
  const isNews = { $lt: [knownRevision, revision] };
  return {
    [field]: { $cond: [isNews, { $literal: value }, known] },
    [`${field}_revision`]: { $cond: [isNews, revision, knownRevision] },
  };
}

const toPerson = (stored: PersonDocument): Person => ({
  id: stored._id.toHexString(),
  username: stored.username,
  nickname: stored.nickname,
  avatarUrl: stored.avatar_url,
  visibility: stored.visibility,
  isAnnounced: stored.username_revision > 0,
  isErased: stored.erased_at !== null,
});
