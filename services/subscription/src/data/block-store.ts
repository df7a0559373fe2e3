import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { Block, BlockPair } from '../domain/block.ts';
import type { ListPart } from '../domain/list-part.ts';
import { afterPair } from './after-pair.ts';
import { afterPosition } from './after-position.ts';
import { blockModel, type BlockDocument } from './block-model.ts';

export type BlockStore = {
  find(pair: BlockPair, tx: Transaction): Promise<Block | undefined>;
  /** Begins a block, for the first time or anew. */
  begin(pair: BlockPair, at: Date, tx: Transaction): Promise<Block>;
  end(id: string, tx: Transaction): Promise<Block>;
  removeAll(ids: readonly string[], tx: Transaction): Promise<void>;
  /** Whether one of two users blocks the other. */
  areApart(oneId: string, otherId: string, tx?: Transaction): Promise<boolean>;
  /** All who are hidden from a user: those whom the user blocks, and those who block the user. */
  hiddenFrom(userId: string): Promise<string[]>;
  /** Whom a user blocks, latest first. */
  listOf(blockerId: string, part: ListPart): Promise<Block[]>;
  /** Some of those of a user in either direction, also ended ones. */
  someOf(userId: string, limit: number, tx?: Transaction): Promise<Block[]>;
  /** How many hold, of a user who blocks or is blocked. */
  count(of: Partial<BlockPair>, tx: Transaction): Promise<number>;
  /** Every pair that is known, in the order of blockers and then of those they block. */
  listPairs(options: { after?: BlockPair | undefined; limit: number }): Promise<Block[]>;
};

/** Who blocks whom. */
export function createBlockStore(db: Connection): BlockStore {
  const blocks = blockModel(db);

  const find = async (filter: object, tx: Transaction | undefined, limit = 0): Promise<Block[]> =>
    (
      await blocks
        .find(filter)
        .session(tx?.session ?? null)
        .limit(limit)
        .lean()
    ).map(toBlock);

  return {
    async find(pair, tx) {
      const [found] = await find(filterOf(pair), tx, 1);
      return found;
    },
    async begin(pair, at, { session }) {
      const change = { $set: { is_on: true, created_at: at }, $inc: { revision: 1 } };
      const options = { upsert: true, returnDocument: 'after', session } as const;
      return toBlock(await blocks.findOneAndUpdate(filterOf(pair), change, options).lean().orFail());
    },
    async end(id, { session }) {
      const change = { $set: { is_on: false }, $inc: { revision: 1 } };
      return toBlock(await blocks.findByIdAndUpdate(id, change, { returnDocument: 'after', session }).lean().orFail());
    },
    async removeAll(ids, { session }) {
      await blocks.deleteMany({ _id: { $in: ids } }, { session });
    },
    async areApart(oneId, otherId, tx) {
      const one = { blocker_id: oneId, blocked_id: otherId, is_on: true };
      const other = { blocker_id: otherId, blocked_id: oneId, is_on: true };
      return (await find({ $or: [one, other] }, tx, 1)).length > 0;
    },
    async hiddenFrom(userId) {
      const out = await find({ blocker_id: userId, is_on: true }, undefined);
      const back = await find({ blocked_id: userId, is_on: true }, undefined);
      return [...new Set([...out.map(({ blockedId }) => blockedId), ...back.map(({ blockerId }) => blockerId)])];
    },
    async listOf(blockerId, { skip = 0, after, limit }) {
      const found = blocks
        .find({ blocker_id: new Types.ObjectId(blockerId), is_on: true, ...afterPosition(after) })
        .sort({ created_at: -1, _id: -1 })
        .hint({ blocker_id: 1, is_on: 1, created_at: -1, _id: -1 });
      return (await found.skip(skip).limit(limit).lean()).map(toBlock);
    },
    async someOf(userId, limit, tx) {
      const out = await find({ blocker_id: userId }, tx, limit);
      return out.length === limit ? out : [...out, ...(await find({ blocked_id: userId }, tx, limit - out.length))];
    },
    count: (pair, { session }) => blocks.countDocuments({ ...filterOf(pair), is_on: true }, { session }),
    async listPairs({ after, limit }) {
      const place = after && ([after.blockerId, after.blockedId] as const);
      const found = blocks
        .find(afterPair(['blocker_id', 'blocked_id'], place))
        .sort({ blocker_id: 1, blocked_id: 1 })
        .hint({ blocker_id: 1, blocked_id: 1 });
      return (await found.limit(limit).lean()).map(toBlock);
    },
  };
}

const filterOf = ({ blockerId, blockedId }: Partial<BlockPair>): { blocker_id?: string; blocked_id?: string } => ({
  ...(blockerId !== undefined && { blocker_id: blockerId }),
  ...(blockedId !== undefined && { blocked_id: blockedId }),
});

const toBlock = ({ _id, blocker_id, blocked_id, is_on, revision, created_at }: BlockDocument): Block => ({
  id: _id.toHexString(),
  blockerId: blocker_id.toHexString(),
  blockedId: blocked_id.toHexString(),
  isOn: is_on,
  revision,
  createdAt: created_at,
});
