import type { PostReference } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import type { GoneThread, Thread } from '../domain/thread.ts';
import { threadModel, type ThreadDocument } from './thread-model.ts';

/** What comes to a thread, or goes from it. */
export type ThreadChange = { comments: number; listed: number; tops: number };

export type ThreadStore = {
  find(postId: string): Promise<Thread | GoneThread | undefined>;
  /** Keeps a copy of a post, unless a later one is there or the post has gone. @returns what is known then. */
  note(post: PostReference, tx?: Transaction): Promise<Thread | GoneThread>;
  /** As `note`, for many. @returns how many were not as they should be. */
  noteAll(posts: readonly PostReference[]): Promise<number>;
  /** Counts what came or went. @returns undefined where the post is unknown or has gone. */
  change(postId: string, change: ThreadChange, tx: Transaction): Promise<Thread | undefined>;
  /** Notes that a post has gone, for good; also one that was never heard of. */
  bury(postId: string, tx: Transaction): Promise<void>;
  /** Threads in which something was ever said, in the order of the posts' ids. */
  list(options: { after?: string | undefined; limit: number }): Promise<Thread[]>;
  /** Ids of the posts that are held to exist, above `after` and up to `upTo`. */
  listIds(options: { after?: string | undefined; upTo: string }): Promise<string[]>;
};

const NOTHING_SAID = { comments_count: 0, listed_count: 0, tops_count: 0 };
const UPSERT = { upsert: true, updatePipeline: true } as const;

/** Posts as this service knows them: one document each, with the counts of its thread. */
export function createThreadStore(db: Connection): ThreadStore {
  const threads = threadModel(db);

  return {
    async find(postId) {
      const stored = await threads.findById(postId).lean();
      return stored ? toThread(stored) : undefined;
    },
    async note(post, tx) {
      const options = { ...UPSERT, session: tx?.session ?? null, returnDocument: 'after' } as const;
      return toThread(await threads.findOneAndUpdate({ _id: post.post_id }, noting(post), options).lean().orFail());
    },
    async noteAll(posts) {
      let corrected = 0;
      for (const post of posts) {
        const { modifiedCount, upsertedCount } = await threads.updateOne({ _id: post.post_id }, noting(post), UPSERT);
        corrected += modifiedCount + upsertedCount;
      }
      return corrected;
    },
    async change(postId, { comments, listed, tops }, { session }) {
      const change = { comments_count: comments, listed_count: listed, tops_count: tops, thread_revision: 1 };
      const options = { session, returnDocument: 'after' } as const;
      const stored = await threads.findOneAndUpdate({ _id: postId, deleted: false }, { $inc: change }, options).lean();
      return stored ? toLiveThread(stored) : undefined;
    },
    async bury(postId, { session }) {
      const change = {
        $set: { deleted: true, ...NOTHING_SAID },
        $setOnInsert: { thread_revision: 0 },
        $unset: { author_id: 1, title: 1, visibility: 1, post_revision: 1 },
      } as const;
      await threads.updateOne({ _id: postId }, change, { upsert: true, session });
    },
    async list({ after, limit }) {
      const wanted = {
        deleted: false,
        thread_revision: { $gt: 0 },
        ...(after !== undefined && { _id: { $gt: after } }),
      };
      return (await threads.find(wanted).sort({ _id: 1 }).limit(limit).lean()).map(toLiveThread);
    },
    async listIds({ after, upTo }) {
      const range = { $lte: upTo, ...(after !== undefined && { $gt: after }) };
      const found = await threads.find({ _id: range, deleted: false }, { _id: 1 }).lean();
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}

/** The update that takes a copy over: one statement, so that two at once cannot mix. */
function noting({ author_id, title, visibility, revision }: PostReference): Record<string, never>[] {
  const isThere = { $ne: ['$deleted', true] };
  const isNotLater = { $lte: [{ $ifNull: ['$post_revision', -1] }, revision] };
  const copy = {
    author_id: new Types.ObjectId(author_id),
    title: { $literal: title },
    visibility,
    post_revision: revision,
  };
  const known = { deleted: false, ...NOTHING_SAID, thread_revision: 0 };
  const change = [
    ...Object.entries(copy).map(([field, value]) => [
      field,
      { $cond: [{ $and: [isThere, isNotLater] }, value, `$${field}`] },
    ]),
    ...Object.entries(known).map(([field, value]) => [field, { $ifNull: [`$${field}`, value] }]),
  ];
  return [{ $set: Object.fromEntries(change) as never }];
}

const toThread = (stored: ThreadDocument): Thread | GoneThread =>
  stored.deleted ? { postId: stored._id.toHexString(), isGone: true } : toLiveThread(stored);

function toLiveThread(stored: ThreadDocument): Thread {
  const { author_id, title, visibility } = stored;
  if (!author_id || title === undefined || !visibility) throw new Error('a post that is there has an author');
  return {
    postId: stored._id.toHexString(),
    isGone: false,
    authorId: author_id.toHexString(),
    title,
    visibility,
    commentsCount: stored.comments_count,
    listedCount: stored.listed_count,
    topsCount: stored.tops_count,
    revision: stored.thread_revision,
  };
}
