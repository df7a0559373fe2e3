import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '@commons/platform';
import { anId, aUser, buildService, type TestUser } from '@commons/platform/testing';
import { listsOf } from '../src/domain/lists.ts';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

const START = Date.UTC(2026, 0, 1);
const AUTHORS = 1_000;
const LIMIT = 20;
const authors = Array.from({ length: AUTHORS }, anId);
let post: PostService;
let template: Record<string, unknown>;
let total = 0;
beforeAll(async () => {
  post = await buildService(service);
  await publish(post, aUser());
  template = (await post.ctx.db.collection('posts').findOneAndDelete({}))!;
});
afterAll(() => post.stop());

/** Adds posts, each author's in turn, a second apart, until there are so many. */
async function growTo(wanted: number): Promise<void> {
  const { ObjectId } = post.ctx.db.base.Types;
  const lastPosted = new Map<string, Date>();
  const posts = Array.from({ length: wanted - total }, (_, offset) => {
    const authorId = authors[(total + offset) % AUTHORS]!;
    const created_at = new Date(START + (total + offset) * 1_000);
    lastPosted.set(authorId, created_at);
    const lists = listsOf({ authorId, tags: [], visibility: 'public' });
    return { ...template, _id: new ObjectId(), author_id: new ObjectId(authorId), lists, created_at };
  });
  await post.ctx.db.collection('posts').insertMany(posts);
  const writes = [...lastPosted].map(([id, last_posted_at]) => ({
    updateOne: { filter: { _id: new ObjectId(id) }, update: { $set: { last_posted_at } }, upsert: true },
  }));
  await post.ctx.db.collection('authors').bulkWrite(writes);
  total = wanted;
}

async function aReaderOf(followed: number): Promise<TestUser> {
  const reader = aUser();
  for (const toId of authors.slice(0, followed))
    await post.ctx.follows.note({ fromId: reader.id, toId, isOn: true, revision: 1 });
  return reader;
}

type Stage = { stage: string; inputStage?: Stage; inputStages?: Stage[] };
type Profiled = { planSummary: string; keysExamined: number; docsExamined: number; execStats?: Stage };

/** What MongoDB did in `posts` while a feed was read: its own account of each query, as `explain` gives it. */
async function profile(reader: TestUser, query: string): Promise<Profiled[]> {
  const { db } = post.ctx.db;
  await db!.command({ profile: 2 });
  const { body } = await post.as(reader).get(`/api/posts/feed?limit=${LIMIT}&${query}`).expect(200);
  await db!.command({ profile: 0 });
  expect(body.results).toHaveLength(LIMIT);
  const all = db!.collection('system.profile');
  const found = await all.find<Profiled>({ ns: `${db!.databaseName}.posts` }).toArray();
  await all.drop();
  return found;
}

const stagesOf = (stage: Stage | undefined): string[] =>
  stage ? [stage.stage, ...[stage.inputStage, ...(stage.inputStages ?? [])].flatMap(stagesOf)] : [];
const sum = (all: readonly Profiled[], field: 'keysExamined' | 'docsExamined') =>
  all.reduce((so, { [field]: more }) => so + more, 0);

describe('the cost of a feed', () => {
  it.each([
    [100, 100],
    [500, 200],
  ])(
    'of somebody who follows %i is a look at each of %i lists, however many posts there are',
    async (followed, lists) => {
      const reader = await aReaderOf(followed);

      for (const posts of [4_000, 40_000]) {
        if (posts > total) await growTo(posts);
        const [find, byIds, ...more] = await profile(reader, 'cursor=');

        expect({ posts, more }).toEqual({ posts, more: [] });
        expect(find?.planSummary.startsWith('IXSCAN { lists: 1, created_at: -1, _id: -1 }')).toBe(true);
        expect(new Set(stagesOf(find?.execStats))).toEqual(
          new Set(['LIMIT', 'PROJECTION_DEFAULT', 'SORT_MERGE', 'IXSCAN']),
        );
        expect({ keys: find!.keysExamined <= lists + 2 * LIMIT, docs: find?.docsExamined }).toEqual({
          keys: true,
          docs: 0,
        });
        expect(byIds?.docsExamined).toBe(LIMIT);
      }
    },
  );

  it('stays so deep down, where it may take a look at each list of all who are followed', async () => {
    const reader = await aReaderOf(500);
    const halfway = encodeCursor([START + total * 500, 'f'.repeat(24)]);

    const queries = await profile(reader, `cursor=${halfway}`);

    expect(queries).toHaveLength(Math.ceil(500 / 200) + 1);
    expect(queries.flatMap(({ execStats }) => stagesOf(execStats))).not.toContain('SORT');
    expect(sum(queries, 'keysExamined')).toBeLessThan(500 + 3 * 2 * LIMIT + LIMIT);
    expect(sum(queries, 'docsExamined')).toBeLessThan(4 * (LIMIT + 1) + LIMIT);
  });

  it('is bounded by page too, where a thousand are counted and no more', async () => {
    const reader = await aReaderOf(500);

    const { body } = await post.as(reader).get(`/api/posts/feed?limit=${LIMIT}&page=50`).expect(200);
    const past = await post.as(reader).get(`/api/posts/feed?limit=${LIMIT}&page=51`).expect(200);
    const queries = await profile(reader, 'page=1');

    expect({ count: body.count, next: body.next, length: body.results.length }).toEqual({
      ...{ count: 1_000, next: null },
      length: LIMIT,
    });
    expect(past.body).toMatchObject({ count: 1_000, next: null, results: [] });
    expect(sum(queries, 'keysExamined')).toBeLessThan(1_000 + 500 + 200 + 3 * LIMIT);
  });
});
