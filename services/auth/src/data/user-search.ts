import type { Role, UserStatus } from '@commons/contracts';
import type { Connection, QueryFilter } from 'mongoose';
import { searchTerm } from '../domain/search-keys.ts';
import type { User } from '../domain/user.ts';
import { toUser } from './user-document.ts';
import { userModel, type UserDocument } from './user-model.ts';

export type UserFilter = { q?: string | undefined; status?: UserStatus | undefined; role?: Role | undefined };

export type UserSearch = ReturnType<typeof createUserSearch>;

/** Lists of accounts. */
export function createUserSearch(db: Connection) {
  const users = userModel(db);
  return {
    /** Latest first. */
    async list(
      filter: UserFilter,
      { skip = 0, limit, before }: { skip?: number; limit: number; before?: string | undefined },
    ): Promise<User[]> {
      const conditions = { ...conditionsOf(filter), ...(before !== undefined && { _id: { $lt: before } }) };
      return (await users.find(conditions).sort({ _id: -1 }).skip(skip).limit(limit).lean()).map(toUser);
    },

    /** How many there are, counted up to `limit`. */
    count: (filter: UserFilter, limit?: number): Promise<number> =>
      users.countDocuments(conditionsOf(filter), limit === undefined ? {} : { limit }),

    /** In the order of their ids, for whoever copies names. */
    async listFrom({
      after,
      ids,
      limit,
    }: {
      after?: string | undefined;
      ids?: string[] | undefined;
      limit: number;
    }): Promise<User[]> {
      const range = { ...(ids && { $in: ids }), ...(after !== undefined && { $gt: after }) };
      const conditions = Object.keys(range).length > 0 ? { _id: range } : {};
      return (await users.find(conditions).sort({ _id: 1 }).limit(limit).lean()).map(toUser);
    },
  };
}

/** A search is for the beginning of a name, as a range of the index on the keys. */
function conditionsOf({ q = '', status, role }: UserFilter): QueryFilter<UserDocument> {
  const term = searchTerm(q);
  return {
    ...(term !== '' && { search_keys: { $elemMatch: { $gte: term, $lt: `${term}\u{10ffff}` } } }),
    ...(status && { status }),
    ...(role && { roles: role }),
  };
}
