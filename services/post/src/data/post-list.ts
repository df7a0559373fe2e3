import { Types, type Connection } from 'mongoose';
import type { Post } from '../domain/post.ts';
import type { Scope } from '../domain/readable-scopes.ts';
import { postModel } from './post-model.ts';
import { toPost, WITHOUT_WORDS, type StoredPost } from './to-post.ts';

export type Order = { field: 'created_at' | 'likes_count'; direction: 1 | -1 };
/** Where a reader has got to: the last post's value of the ordered field (milliseconds for a time) and its id. */
export type Position = { value: number; id: string };
/** Every filter that is given holds; `words` are all in the post. */
export type PostFilter = { tagKey?: string; words?: readonly string[] };

export type PostList = {
  /** Posts of all the scopes in one order. */
  read(
    query: PostFilter & { scopes: readonly Scope[]; order: Order; limit: number; skip?: number; after?: Position },
  ): Promise<Post[]>;
  /** How many posts there are, but at most `limit`. */
  count(query: PostFilter & { scope: Scope; limit?: number }): Promise<number>;
};

/** Lists of posts, each read along an index that holds its order. */
export function createPostList(db: Connection): PostList {
  const posts = postModel(db);

  return {
    async read({ scopes, order, limit, skip = 0, after, ...filter }) {
      const runs = scopes.flatMap((scope) =>
        stepsAfter(order, after).map((step) => ({ ...conditions(scope, filter), ...step })),
      );
      const stored = await posts
        .find(oneOf(runs), WITHOUT_WORDS)
        .sort({ [order.field]: order.direction, _id: order.direction })
        .skip(skip)
        .limit(limit)
        .lean<StoredPost[]>();
      return stored.map(toPost);
    },
    count: ({ scope, limit, ...filter }) =>
      posts.countDocuments(conditions(scope, filter), limit === undefined ? {} : { limit }),
  };
}

type Conditions = Record<string, unknown>;

/**
 * Each run is a stretch of one index in the list's order, so that the database merges runs without sorting: that needs
 * plain equality in every run, hence a run for each visibility in place of `$in`.
 */
function oneOf(runs: Conditions[]): Conditions {
  const [first] = runs;
  return runs.length === 1 && first ? first : { $or: runs };
}

function conditions({ visibility, authorId }: Scope, { tagKey, words = [] }: PostFilter): Conditions {
  return {
    visibility,
    ...(authorId !== undefined && { author_id: new Types.ObjectId(authorId) }),
    ...(tagKey !== undefined && { tag_keys: tagKey }),
    ...(words.length > 0 && { words: words.length === 1 ? words[0] : { $all: words } }),
  };
}

/** What lies after a position: the rest of those with the same value, then those beyond it. */
function stepsAfter({ field, direction }: Order, after: Position | undefined): Conditions[] {
  if (!after) return [{}];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const value = field === 'created_at' ? new Date(after.value) : after.value;
  return [{ [field]: value, _id: { [beyond]: new Types.ObjectId(after.id) } }, { [field]: { [beyond]: value } }];
}
