import type { Transaction } from '@commons/platform';
import type { AnyBulkWriteOperation, ClientSession, Connection } from 'mongoose';
import { publicTagList } from '../domain/lists.ts';
import { postModel } from './post-model.ts';
import { tagChangeModel, tagModel, type TagChangeDocument, type TagDocument } from './tag-model.ts';

export type TagUse = { tag: string; postsCount: number };

export type TagChange = Pick<TagChangeDocument, 'added' | 'removed'>;

export type TagStore = {
  /** Notes changes, to be added to the counts after the transaction: counting in it would make all wait for the busiest tag. */
  note(changes: readonly TagChange[], tx: Transaction): Promise<void>;
  /** Adds some of the changes to the counts. @returns whether there were any. */
  fold(tx: Transaction): Promise<boolean>;
  hasChanges(): Promise<boolean>;
  /** Tags by use, most used first, then by name. */
  list(query: { prefix: string; limit: number; skip?: number; after?: TagUse }): Promise<TagUse[]>;
  count(query: { prefix: string; limit: number }): Promise<number>;
  /** All tags that posts or counts know. */
  all(): AsyncIterable<string>;
  /** Counts a tag's posts anew. @returns whether the count was wrong. */
  recount(tag: string, tx: Transaction): Promise<boolean>;
};

const PREFIX_LENGTH = 8;
const FOLD_LIMIT = 500;

/** How many public posts use each tag. */
export function createTagStore(db: Connection): TagStore {
  const tags = tagModel(db);
  const changes = tagChangeModel(db);
  const posts = postModel(db);

  async function add(counts: Map<string, number>, session: ClientSession): Promise<void> {
    const writes = [...counts].map(([tag, count]): AnyBulkWriteOperation<TagDocument> => {
      const update = { $inc: { posts_count: count }, $setOnInsert: { prefixes: prefixesOf(tag) } };
      return { updateOne: { filter: { _id: tag }, update, upsert: true } };
    });
    if (writes.length > 0) await tags.bulkWrite(writes, { session });
    await tags.deleteMany({ _id: { $in: [...counts.keys()] }, posts_count: 0 }, { session });
  }

  return {
    async note(given, { session }) {
      const real = given.filter(({ added, removed }) => added.length + removed.length > 0);
      if (real.length > 0) await changes.insertMany(real, { session });
    },
    async fold({ session }) {
      const found = await changes.find().sort({ _id: 1 }).limit(FOLD_LIMIT).session(session).lean();
      if (found.length === 0) return false;
      await add(sum(found), session);
      await changes.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
      return true;
    },
    hasChanges: async () => (await changes.exists({})) !== null,
    async list({ prefix, limit, skip = 0, after }) {
      const found = await tags
        .find(after ? afterUse(prefix, after) : startingWith(prefix), { prefixes: 0 })
        .sort({ posts_count: -1, _id: 1 })
        .skip(skip)
        .limit(limit)
        .lean();
      return found.map(({ _id, posts_count }) => ({ tag: _id, postsCount: posts_count }));
    },
    count: ({ prefix, limit }) => tags.countDocuments(startingWith(prefix), { limit }),
    async *all() {
      const known = posts.aggregate<{ _id: string }>([
        { $unwind: '$tag_keys' },
        { $group: { _id: '$tag_keys' } },
        { $unionWith: { coll: tags.collection.name, pipeline: [{ $project: { _id: 1 } }] } },
        { $group: { _id: '$_id' } },
      ]);
      for await (const { _id } of known.allowDiskUse(true).cursor()) yield _id;
    },
    async recount(tag, { session }) {
      const used = await posts.countDocuments({ lists: publicTagList(tag) }, { session });
      const waiting = await changes
        .find({ $or: [{ added: tag }, { removed: tag }] })
        .session(session)
        .lean();
      const known = await tags.findById(tag).session(session).lean();
      const difference = used - (sum(waiting).get(tag) ?? 0) - (known?.posts_count ?? 0);
      if (difference !== 0) await add(new Map([[tag, difference]]), session);
      return difference !== 0;
    },
  };
}

function sum(changes: readonly TagChange[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (tag: string, by: number): unknown => counts.set(tag, (counts.get(tag) ?? 0) + by);
  for (const { added, removed } of changes) {
    added.forEach((tag) => count(tag, 1));
    removed.forEach((tag) => count(tag, -1));
  }
  return counts;
}

function prefixesOf(tag: string): string[] {
  const characters = Array.from(tag).slice(0, PREFIX_LENGTH);
  return characters.map((_, index) => characters.slice(0, index + 1).join(''));
}

type Conditions = Record<string, unknown>;

/** Along the index of beginnings; what is longer than those is compared as well. */
function startingWith(prefix: string): Conditions {
  const beginning = prefixesOf(prefix).at(-1);
  return {
    posts_count: { $gt: 0 },
    ...(beginning !== undefined && { prefixes: beginning }),
    ...(beginning !== undefined && beginning !== prefix && { _id: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } }),
  };
}

/** What comes after a tag: those that are used as often, then those that are used less. */
function afterUse(prefix: string, { tag, postsCount }: TagUse): Conditions {
  const base = startingWith(prefix);
  const asOften = { ...base, posts_count: postsCount, _id: { ...(base['_id'] as Conditions | undefined), $gt: tag } };
  return { $or: [asOften, { ...base, posts_count: { $gt: 0, $lt: postsCount } }] };
}
