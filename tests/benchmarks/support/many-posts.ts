import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongod } from '@commons/launcher';
import { anId, aUser, buildService, type ServiceUnderTest, type TestUser } from '@commons/platform/testing';
import { service } from '@commons/post';

export const START = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
const BATCH = 5_000;

type Post = ServiceUnderTest<Awaited<ReturnType<(typeof service)['createContext']>>>;

export type ManyPosts = {
  post: Post;
  /** Ids of those who post. */
  authors: string[];
  /** Adds posts by authors in turn of chance, a second apart, until there are so many. */
  growTo(total: number): Promise<void>;
  /** A reader who follows the first so many authors. */
  aReaderOf(followed: number): Promise<TestUser>;
  close(): Promise<void>;
};

/** `post` with so many authors on a mongod of its own, on disk. */
export async function openManyPosts(authorsCount: number): Promise<ManyPosts> {
  const folder = await mkdtemp(join(tmpdir(), 'benchmark-feed-'));
  const mongod = await startMongod({ dataDir: folder });
  process.env['COMMONS_TEST_MONGODB_URI'] = mongod.uri;
  const post = await buildService(service, { environment: { VALIDATE_ANSWERS: 'false' } });
  const posts = post.ctx.db.collection('posts');
  const { ObjectId } = post.ctx.db.base.Types;
  const authors = Array.from({ length: authorsCount }, anId);
  const template = await aStoredPost(post);
  const lastPosted = new Map<string, Date>();
  let total = 0;

  function makePost(index: number) {
    const authorId = authors[Math.floor(Math.random() * authorsCount)] ?? '';
    const created_at = new Date(START + index * SECOND);
    lastPosted.set(authorId, created_at);
    const lists = [
      'posts|all',
      'posts|public',
      ...['all', 'public', 'followers'].map((to) => `author:${authorId}|${to}`),
    ];
    return { ...template, _id: new ObjectId(), author_id: new ObjectId(authorId), lists, created_at };
  }

  return {
    post,
    authors,
    async growTo(wanted) {
      for (; total < wanted; total += BATCH)
        await posts.insertMany(Array.from({ length: BATCH }, (_, offset) => makePost(total + offset)));
      const writes = [...lastPosted].map(([id, last_posted_at]) => {
        const update = { $set: { username: id, username_revision: 0, last_posted_at, erased_at: null } };
        return { updateOne: { filter: { _id: new ObjectId(id) }, update, upsert: true } };
      });
      await post.ctx.db.collection('authors').bulkWrite(writes, { ordered: false });
    },
    async aReaderOf(followed) {
      const reader = aUser();
      for (const toId of authors.slice(0, followed))
        await post.ctx.follows.note({ fromId: reader.id, toId, isOn: true, revision: 1 });
      return reader;
    },
    async close() {
      await post.stop();
      await mongod.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A post as the service stores it, taken away again. */
async function aStoredPost(post: Post) {
  const content = 'What a post says, at the length that many have. '.repeat(6);
  await post.as(aUser()).post('/api/posts').send({ title: 'A post among many', content }).expect(201);
  const posts = post.ctx.db.collection('posts');
  const stored = await posts.findOneAndDelete({});
  return { ...stored };
}
