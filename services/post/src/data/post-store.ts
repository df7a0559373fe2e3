import type { Transaction } from '@commons/platform';
import type { Connection } from 'mongoose';
import { listsOf } from '../domain/lists.ts';
import type { Post, PostFields, PostImage } from '../domain/post.ts';
import { tagKey } from '../domain/tags.ts';
import { wordsOf } from '../domain/words.ts';
import { postModel, type PostDocument } from './post-model.ts';
import { toPost, WITHOUT_DERIVED, type StoredPost } from './to-post.ts';

export type NewPost = PostFields & { authorId: string; image: PostImage | null; at: Date };
export type PostChange = Partial<PostFields> & { image?: PostImage | null; at: Date };

export type PostStore = {
  find(id: string, tx?: Transaction): Promise<Post | undefined>;
  /** The posts in the order of their ids, from the one after `after`. */
  listById(options: { after?: string; limit: number }): Promise<Post[]>;
  /** Some posts of an author, in no order. */
  someOf(authorId: string, limit: number, tx: Transaction): Promise<Post[]>;
  create(post: NewPost, tx: Transaction): Promise<Post>;
  /** @returns the post after the change; undefined where it has gone. */
  change(id: string, change: PostChange, tx: Transaction): Promise<Post | undefined>;
  /** Puts posts right that do not stand in the lists in which they should. @returns how many there were. */
  correctLists(listed: readonly Post[]): Promise<number>;
  addView(id: string, tx: Transaction): Promise<void>;
  /** @returns whether they were there. */
  remove(ids: readonly string[], tx: Transaction): Promise<boolean>;
};

/** Posts, one by one. */
export function createPostStore(db: Connection): PostStore {
  const posts = postModel(db);

  return {
    async find(id, tx) {
      const stored = await posts
        .findById(id, WITHOUT_DERIVED)
        .session(tx?.session ?? null)
        .lean<StoredPost>();
      return stored ? toPost(stored) : undefined;
    },
    async listById({ after, limit }) {
      const later = after === undefined ? {} : { _id: { $gt: after } };
      const stored = await posts.find(later, WITHOUT_DERIVED).sort({ _id: 1 }).limit(limit).lean<StoredPost[]>();
      return stored.map(toPost);
    },
    async someOf(authorId, limit, { session }) {
      const mine = posts.find({ author_id: authorId }, WITHOUT_DERIVED).session(session);
      return (await mine.limit(limit).lean<StoredPost[]>()).map(toPost);
    },
    async create({ at, authorId, ...post }, { session }) {
      const entry = { ...toDocument(post), ...derivedFrom({ ...post, authorId }), author_id: authorId, revision: 1 };
      const [stored] = await posts.create([{ ...entry, created_at: at, updated_at: at }], { session });
      if (!stored) throw new Error('a post that was created is always there');
      return toPost(stored.toObject());
    },
    async change(id, { at, ...change }, { session }) {
      const before = await posts.findById(id, WITHOUT_DERIVED).session(session).lean<StoredPost>();
      if (!before) return undefined;
      const derived = derivedFrom({ ...toPost(before), ...change });
      const update = { $set: { ...toDocument(change), ...derived, updated_at: at }, $inc: { revision: 1 } };
      const stored = await posts
        .findByIdAndUpdate(id, update, { session, returnDocument: 'after', projection: WITHOUT_DERIVED })
        .lean<StoredPost>();
      return stored ? toPost(stored) : undefined;
    },
    async correctLists(listed) {
      const writes = listed.map(({ id, revision, ...post }) => {
        const lists = listsOf(post);
        const isOff = { $nor: [{ lists: { $all: lists, $size: lists.length } }] };
        return { updateOne: { filter: { _id: id, revision, ...isOff }, update: { $set: { lists } } } };
      });
      return (await posts.bulkWrite(writes, { ordered: false })).modifiedCount;
    },
    async addView(id, { session }) {
      await posts.updateOne({ _id: id }, { $inc: { views_count: 1 } }, { session });
    },
    async remove(ids, { session }) {
      return (await posts.deleteMany({ _id: { $in: ids } }, { session })).deletedCount === ids.length;
    },
  };
}

type Change = Partial<PostFields> & { image?: PostImage | null };

/** The fields that are given. */
function toDocument({ contentType, image, ...rest }: Change): Partial<PostDocument> {
  return {
    ...rest,
    ...(contentType !== undefined && { content_type: contentType }),
    ...(image !== undefined && { image: image && { name: image.name, content_type: image.contentType } }),
  };
}

/** What is kept beside the fields so that the post is found. */
function derivedFrom(
  post: Pick<Post, 'title' | 'content' | 'authorId' | 'tags' | 'visibility'>,
): Pick<PostDocument, keyof typeof WITHOUT_DERIVED> {
  return {
    lists: listsOf(post),
    words: wordsOf(`${post.title}\n${post.content}`),
    tag_keys: post.tags.map(tagKey),
  };
}
