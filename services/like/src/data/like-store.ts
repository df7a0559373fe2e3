import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Target } from '../domain/target.ts';
import { likeModel, type LikeDocument } from './like-model.ts';

export type Like = { id: string; target: Target; userId: string; createdAt: Date };

/** From where a list is read on: past so many, or from the like after this one. */
export type ListPart = { limit: number; skip?: number; before?: string };

export type LikeStore = {
  /** @returns false where it was there already. */
  add(target: Target, userId: string, at: Date, tx: Transaction): Promise<boolean>;
  /** @returns false where there was none. */
  remove(target: Target, userId: string, tx: Transaction): Promise<boolean>;
  removeAll(ids: readonly string[], tx: Transaction): Promise<void>;
  /** Likes of a target, latest first, but for those by some users. */
  listOf(target: Target, part: ListPart & { notBy?: readonly string[] }): Promise<Like[]>;
  /** Likes that a user gave, latest first. */
  listBy(userId: string, part: ListPart): Promise<Like[]>;
  someOf(target: Target, limit: number, tx: Transaction): Promise<Like[]>;
  someBy(userId: string, limit: number, tx: Transaction): Promise<Like[]>;
  countOf(target: Target, tx: Transaction): Promise<number>;
  /** How many of some users like a target. */
  countAmong(target: Target, userIds: readonly string[]): Promise<number>;
  countBy(userId: string, tx: Transaction): Promise<number>;
};

/** Likes, in the order of their ids, which is that in which they were given. */
export function createLikeStore(db: Connection): LikeStore {
  const likes = likeModel(db);

  async function list(filter: object, { limit, skip = 0, before }: ListPart): Promise<Like[]> {
    const earlier = before === undefined ? {} : { _id: { $lt: new Types.ObjectId(before) } };
    const found = likes.find({ ...filter, ...earlier }).sort({ _id: -1 });
    return (await found.skip(skip).limit(limit).lean()).map(toLike);
  }

  const some = async (filter: Filter, limit: number, { session }: Transaction): Promise<Like[]> =>
    (await likes.find(filter).session(session).limit(limit).lean()).map(toLike);

  return {
    async add(target, userId, at, { session }) {
      const like = { ...of(target), ...by(userId) };
      const result = await likes.updateOne(like, { $setOnInsert: { created_at: at } }, { upsert: true, session });
      return result.upsertedCount === 1;
    },
    async remove(target, userId, { session }) {
      return (await likes.deleteOne({ ...of(target), ...by(userId) }, { session })).deletedCount === 1;
    },
    async removeAll(ids, { session }) {
      await likes.deleteMany({ _id: { $in: ids } }, { session });
    },
    listOf: (target, { notBy = [], ...part }) =>
      list({ ...of(target), ...(notBy.length > 0 && { user_id: { $nin: notBy } }) }, part),
    listBy: (userId, part) => list(by(userId), part),
    someOf: (target, limit, tx) => some(of(target), limit, tx),
    someBy: (userId, limit, tx) => some(by(userId), limit, tx),
    countAmong: (target, userIds) => likes.countDocuments({ ...of(target), user_id: { $in: userIds } }),
    countOf: (target, { session }) => likes.countDocuments(of(target), { session }),
    countBy: (userId, { session }) => likes.countDocuments(by(userId), { session }),
  };
}

type Filter = Partial<Omit<LikeDocument, '_id'>>;

const of = ({ type, id }: Target): Filter => ({ target_type: type, target_id: new Types.ObjectId(id) });
const by = (userId: string): Filter => ({ user_id: new Types.ObjectId(userId) });

const toLike = ({ _id, target_type, target_id, user_id, created_at }: LikeDocument): Like => ({
  id: _id.toHexString(),
  target: { type: target_type, id: target_id.toHexString() },
  userId: user_id.toHexString(),
  createdAt: created_at,
});
