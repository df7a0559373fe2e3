import { Types, type Connection } from 'mongoose';
import type { Post } from '../domain/post.ts';
import { postModel } from './post-model.ts';
import { toPost, WITHOUT_DERIVED, type StoredPost } from './to-post.ts';

export type Order = { field: 'created_at' | 'likes_count'; direction: 1 | -1 };
/** Where a reader has got to: the last post's value of the ordered field (milliseconds for a time) and its id. */
export type Position = { value: number; id: string };
/** What narrows a list down: other lists in which its posts stand as well, and words that are all in them. */
export type Narrowing = { alsoIn?: readonly string[]; words?: readonly string[] };

export type PostList = {
  /** Posts of lists that have no post in common, in one order, but for those by some authors. */
  read(query: ReadList): Promise<Post[]>;
  /** How many posts there are in some lists, but at most `limit`. */
  count(query: Narrowing & { lists: readonly string[]; limit?: number }): Promise<number>;
  /** Where the newest posts of up to `MERGED_LISTS` lists stand, read from the index alone. */
  newest(query: { lists: readonly string[]; limit: number; after?: Position }): Promise<Position[]>;
  /** Posts by id, in no order; those that have gone are missing. */
  byIds(ids: readonly string[]): Promise<Post[]>;
};

export type ReadList = Narrowing & {
  lists: readonly string[];
  notBy?: readonly string[];
  order: Order;
  limit: number;
  skip?: number;
  after?: Position;
};

/** Lists of posts, each read along an index that holds its order. */
export function createPostList(db: Connection): PostList {
  const posts = postModel(db);

  return {
    async read({ order, limit, skip = 0, ...query }) {
      const { filter, index } = isNarrowed(query) ? narrowed(query, order) : stretches(query, order);
      const found = posts
        .find(filter, WITHOUT_DERIVED)
        .sort({ [order.field]: order.direction, _id: order.direction })
        .skip(skip)
        .limit(limit);
      return (await (index ? found.hint(index) : found).lean<StoredPost[]>()).map(toPost);
    },
    count: ({ lists, limit, ...narrowing }) =>
      posts.countDocuments(membership(lists, narrowing), {
        ...(limit !== undefined && { limit }),
        ...(!isNarrowed(narrowing) && { hint: BY_TIME }),
      }),
    async newest({ lists, limit, after }) {
      const found = await posts
        .find({ lists: { $in: lists }, ...fromPosition(NEWEST_FIRST, after) }, { created_at: 1 })
        .sort({ created_at: -1, _id: -1 })
        .limit(limit)
        .hint(BY_TIME)
        .lean<Pick<StoredPost, '_id' | 'created_at'>[]>();
      return found.map(({ _id, created_at }) => ({ value: created_at.getTime(), id: _id.toHexString() }));
    },
    byIds: async (ids) => (await posts.find({ _id: { $in: ids } }, WITHOUT_DERIVED).lean<StoredPost[]>()).map(toPost),
  };
}

const BY_TIME = { lists: 1, created_at: -1, _id: -1 } as const;
const NEWEST_FIRST: Order = { field: 'created_at', direction: -1 };

type Conditions = Record<string, unknown>;
type Plan = { filter: Conditions; index?: Record<string, 1 | -1> };
type Query = Omit<ReadList, 'order' | 'limit'>;

const isNarrowed = ({ alsoIn = [], words = [] }: Narrowing): boolean => alsoIn.length + words.length > 0;

/**
 * Each stretch is a part of an index that is in the list's order already, so that the database merges them without
 * sorting: that needs plain equality in each, hence one for each list in place of `$in`. The index is named, for what
 * once was the best plan for a small list is remembered for large ones.
 */
function stretches({ lists, notBy, after }: Query, { field, direction }: Order): Plan {
  const all = lists.flatMap((list) =>
    stepsAfter({ field, direction }, after).map((step) => ({ lists: list, ...step, ...byOthers(notBy) })),
  );
  const [first] = all;
  const filter = all.length === 1 && first ? first : { $or: all };
  return { filter, index: { lists: 1, [field]: -1, _id: -1 } };
}

/**
 * What is searched for in a list is read along the index of its words while the order is that of time. Otherwise it is
 * the database that weighs: few matches are sorted, many are met soon on the way through the list.
 */
function narrowed(query: Query, order: Order): Plan {
  const filter = { ...membership(query.lists, query), ...fromPosition(order, query.after), ...byOthers(query.notBy) };
  const isByWords = order.field === 'created_at' && (query.words ?? []).length > 0;
  return { filter, ...(isByWords && { index: { words: 1, created_at: -1, _id: -1 } }) };
}

function membership(lists: readonly string[], { alsoIn = [], words = [] }: Narrowing): Conditions {
  const [list] = lists;
  const among = lists.length === 1 ? list : { $in: lists };
  return {
    ...(alsoIn.length === 0 ? { lists: among } : { $and: [{ lists: among }, { lists: { $all: alsoIn } }] }),
    ...(words.length > 0 && { words: words.length === 1 ? words[0] : { $all: words } }),
  };
}

const byOthers = (notBy: readonly string[] = []): Conditions =>
  notBy.length === 0 ? {} : { author_id: { $nin: notBy } };

/** What lies after a position, in two stretches: the rest of those with the same value, then those beyond it. */
function stepsAfter({ field, direction }: Order, after: Position | undefined): Conditions[] {
  if (!after) return [{}];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const value = valueOf(field, after);
  return [{ [field]: value, _id: { [beyond]: new Types.ObjectId(after.id) } }, { [field]: { [beyond]: value } }];
}

/** The same in one stretch, from which the first posts of the same value are left out one by one. */
function fromPosition(order: Order, after: Position | undefined): Conditions {
  if (!after) return {};
  const from = order.direction === 1 ? '$gte' : '$lte';
  return { [order.field]: { [from]: valueOf(order.field, after) }, $or: stepsAfter(order, after) };
}

const valueOf = (field: Order['field'], { value }: Position): Date | number =>
  field === 'created_at' ? new Date(value) : value;
