import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Names } from '../domain/account.ts';
import type { Profile, ProfileChange } from '../domain/profile.ts';
import { begin, EMPTY, profileModel, toSettingsDocument, type ProfileDocument } from './profile-model.ts';
import { THERE, toProfile } from './to-profile.ts';

export type ProfileStore = {
  find(id: string, tx?: Transaction): Promise<Profile | undefined>;
  /** Those that are there among some, in the order of their ids, up to a thousand. */
  among(ids: readonly string[]): Promise<Profile[]>;
  /** All in the order of their ids, from the one after `after`. */
  list(options: { after?: string | undefined; limit: number }): Promise<Profile[]>;
  /** The version of a profile now; undefined where it is not there. */
  versionOf(id: string): Promise<number | undefined>;
  /** Takes names over, unless later ones are there. @returns whether anything changed. */
  name(names: Names, at: Date, tx: Transaction): Promise<boolean>;
  /** Makes a profile of what is known of a user. @returns false where there is one, or was one. */
  open(id: string, createdAt: Date, tx: Transaction): Promise<boolean>;
  /** @returns the profile after the change; undefined where it is not there. */
  change(id: string, change: ProfileChange, at: Date, tx: Transaction): Promise<Profile | undefined>;
  /** Removes everything but that there was somebody. @returns what was there. */
  erase(id: string, at: Date, tx: Transaction): Promise<Profile | undefined>;
};

const MOST = 1_000;

/** Profiles, one by one. */
export function createProfileStore(db: Connection): ProfileStore {
  const profiles = profileModel(db);

  return {
    async find(id, tx) {
      return toProfile(
        await profiles
          .findById(id)
          .session(tx?.session ?? null)
          .lean<ProfileDocument>(),
      );
    },
    async among(ids) {
      const found = profiles.find({ _id: { $in: ids }, ...THERE }).sort({ _id: 1 });
      return (await found.limit(MOST).lean<ProfileDocument[]>()).flatMap((stored) => toProfile(stored) ?? []);
    },
    async list({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: new Types.ObjectId(after) } };
      const found = profiles.find({ ...later, ...THERE }).sort({ _id: 1 });
      return (await found.limit(limit).lean<ProfileDocument[]>()).flatMap((stored) => toProfile(stored) ?? []);
    },
    async versionOf(id) {
      return (await profiles.findOne({ _id: id, ...THERE }, { version: 1 }).lean())?.version;
    },
    async name({ id, username, firstName, lastName, usernameRevision }, at, { session }) {
      await begin(profiles, id, session);
      const names = {
        username,
        ...(firstName !== undefined && { first_name: firstName }),
        ...(lastName !== undefined && { last_name: lastName }),
      };
      const isOff = Object.entries(names).map(([field, name]) => ({ [field]: { $ne: name } }));
      const news = {
        ...{ _id: id, erased_at: null, username_revision: { $lte: usernameRevision } },
        $or: [{ username_revision: { $lt: usernameRevision } }, ...isOff],
      };
      const change = { ...names, username_revision: usernameRevision, updated_at: at };
      return (await profiles.updateOne(news, { $set: change, $inc: { version: 1 } }, { session })).modifiedCount === 1;
    },
    async open(id, createdAt, { session }) {
      await begin(profiles, id, session);
      const change = { $set: { created_at: createdAt, updated_at: createdAt }, $inc: { version: 1 } };
      const closed = { _id: id, created_at: null, erased_at: null };
      return (await profiles.updateOne(closed, change, { session })).modifiedCount === 1;
    },
    async change(id, { settings, ...change }, at, { session }) {
      const given = { ...change, ...(settings && { settings: toSettingsDocument(settings) }) };
      const update = { $set: { ...given, updated_at: at }, $inc: { revision: 1, version: 1 } };
      const options = { session, returnDocument: 'after' } as const;
      return toProfile(await profiles.findOneAndUpdate({ _id: id, ...THERE }, update, options).lean<ProfileDocument>());
    },
    async erase(id, at, { session }) {
      await begin(profiles, id, session);
      const update = { $set: { ...EMPTY, erased_at: at }, $inc: { version: 1 } };
      const options = { session, returnDocument: 'before' } as const;
      return toProfile(
        await profiles.findOneAndUpdate({ _id: id, erased_at: null }, update, options).lean<ProfileDocument>(),
      );
    },
  };
}
