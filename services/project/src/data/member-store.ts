import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Member } from '../domain/member.ts';
import { memberModel, type MemberDocument } from './member-model.ts';

/** Which members: those of a project, but for some people. */
export type MemberFilter = { projectId: string; hidden: readonly string[] };

/** From where a list is read on: past so many, or from the member after this one. */
export type ListPart = { limit: number; skip?: number; after?: string };

export type MemberStore = {
  add(member: Omit<Member, 'id'>, tx: Transaction): Promise<void>;
  find(projectId: string, userId: string, tx?: Transaction): Promise<Member | undefined>;
  /** @returns false where there was none. */
  remove(projectId: string, userId: string, tx: Transaction): Promise<boolean>;
  /** The owner first, then in the order in which they came. */
  list(filter: MemberFilter, part: ListPart): Promise<Member[]>;
  count(filter: MemberFilter, limit?: number): Promise<number>;
  /** How many there are of each project, by its id; none where there are none. */
  countsOf(projectIds: readonly string[], tx?: Transaction): Promise<Map<string, number>>;
  /** Takes the owners of some projects away. */
  removeOwners(projectIds: readonly string[], tx: Transaction): Promise<void>;
  /** @returns how many were removed: fewer than `limit` where these were the last. */
  removeSomeOf(projectId: string, limit: number, tx: Transaction): Promise<number>;
};

/** Members of projects, in the order of their ids, which is that in which they came. */
export function createMemberStore(db: Connection): MemberStore {
  const members = memberModel(db);

  return {
    async add({ projectId, userId, role, joinedAt }, { session }) {
      await members.create([{ project_id: projectId, user_id: userId, role, joined_at: joinedAt }], { session });
    },
    async find(projectId, userId, tx) {
      const found = members.findOne({ project_id: projectId, user_id: userId }).session(tx?.session ?? null);
      const stored = await found.lean();
      return stored ? toMember(stored) : undefined;
    },
    async remove(projectId, userId, { session }) {
      return (await members.deleteOne({ project_id: projectId, user_id: userId }, { session })).deletedCount === 1;
    },
    async list(filter, { limit, skip = 0, after }) {
      const later = after === undefined ? {} : { _id: { $gt: new Types.ObjectId(after) } };
      const found = members.find({ ...conditionsOf(filter), ...later }).sort({ _id: 1 });
      return (await found.skip(skip).limit(limit).lean()).map(toMember);
    },
    count: (filter, limit) => members.countDocuments(conditionsOf(filter), { ...(limit !== undefined && { limit }) }),
    async countsOf(projectIds, tx) {
      const ids = projectIds.map((id) => new Types.ObjectId(id));
      const counted = members.aggregate<{ _id: Types.ObjectId; count: number }>([
        { $match: { project_id: { $in: ids } } },
        { $group: { _id: '$project_id', count: { $sum: 1 } } },
      ]);
      const found = await counted.session(tx?.session ?? null);
      return new Map(found.map(({ _id, count }) => [_id.toHexString(), count]));
    },
    async removeOwners(projectIds, { session }) {
      await members.deleteMany({ project_id: { $in: projectIds }, role: 'owner' }, { session });
    },
    async removeSomeOf(projectId, limit, { session }) {
      const found = await members.find({ project_id: projectId }, { _id: 1 }).session(session).limit(limit).lean();
      await members.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return found.length;
    },
  };
}

const conditionsOf = ({ projectId, hidden }: MemberFilter): Record<string, unknown> => ({
  project_id: projectId,
  ...(hidden.length > 0 && { user_id: { $nin: hidden } }),
});

const toMember = (stored: MemberDocument): Member => ({
  id: stored._id.toHexString(),
  projectId: stored.project_id.toHexString(),
  userId: stored.user_id.toHexString(),
  role: stored.role,
  joinedAt: stored.joined_at,
});
