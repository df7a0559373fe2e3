import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '@commons/platform';
import { anAdmin, anId, aUser, buildService, profileReads } from '@commons/platform/testing';
import { listsOf } from '../src/domain/lists.ts';
import { service } from '../src/service.ts';
import { publish, type PostService } from './a-post.ts';

const POSTS = 12_000;
const START = Date.UTC(2026, 0, 1);
const alice = aUser();
const blocker = aUser();
let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
  const id = await publish(post, alice, { title: 'Common', content: 'words', tags: ['common'] });
  const posts = post.ctx.db.collection('posts');
  const { _id, ...template } = (await posts.findOne())!;
  for (const toId of Array.from({ length: 50 }, anId))
    await post.ctx.blocks.note({ fromId: blocker.id, toId, isOn: true, revision: 1 });
  const visibilities = ['public', 'public', 'followers', 'private'] as const;
  const copies = Array.from({ length: POSTS - 1 }, (_, index) => ({
    ...template,
    ...shownTo(visibilities[index % 4] ?? 'public'),
    created_at: new Date(START + index * 1_000),
    likes_count: index % 7 === 0 ? index : 0,
  }));
  await posts.insertMany(copies);
  expect(String(_id)).toBe(id);
}, 60_000);
afterAll(() => post.stop());

const shownTo = (visibility: 'public' | 'followers' | 'private') => ({
  visibility,
  lists: listsOf({ authorId: alice.id, tags: ['common'], visibility }),
});

const viewers = [
  ['nobody', undefined],
  ['a user', aUser()],
  ['a user who blocks others', blocker],
  ['the author', alice],
  ['an admin', anAdmin()],
] as const;
const filters = ['', `author_id=${alice.id}`, 'tag=common', 'q=common'];
const orderings = ['created_at', '-created_at', 'likes_count', '-likes_count'];

describe('the cost of a list', () => {
  it.each(viewers)('does not grow with the posts that there are, in any order, for %s', async (_, viewer) => {
    for (const filter of filters) {
      for (const ordering of orderings) {
        const path = `/api/posts?${filter}&ordering=${ordering}&limit=5`;
        const first = await post.as(viewer).get(`${path}&cursor=`).expect(200);
        const cursor = first.body.next_cursor as string;

        const reads = await profileReads(post.ctx.db, ['posts'], async () => {
          await post.as(viewer).get(path).expect(200);
          await post.as(viewer).get(`${path}&cursor=`).expect(200);
          await post.as(viewer).get(`${path}&cursor=${cursor}`).expect(200);
        });

        expect(reads).toHaveLength(3);
        for (const { planSummary, hasSortStage, keysExamined, docsExamined } of reads) {
          expect({ path, planSummary, hasSortStage }).toEqual({
            path,
            planSummary: expect.stringContaining('IXSCAN'),
            hasSortStage: false,
          });
          expect(keysExamined).toBeLessThan(100);
          expect(docsExamined).toBeLessThan(100);
        }
      }
    }
  });

  it('is the same deep down by cursor', async () => {
    const position = encodeCursor(['-likes_count', 0, 'f'.repeat(24)]);
    const middle = encodeCursor(['created_at', START + 7_200_000, 'f'.repeat(24)]);

    const reads = await profileReads(post.ctx.db, ['posts'], async () => {
      await post.as(alice).get(`/api/posts?cursor=${position}&limit=5`).expect(200);
      await post.as(alice).get(`/api/posts?cursor=${middle}&limit=5`).expect(200);
    });

    expect(reads.every(({ keysExamined }) => keysExamined < 100)).toBe(true);
  });
});

describe('the count of a list', () => {
  it('is exact up to 10,000', async () => {
    const { body } = await post.as().get('/api/posts?limit=1').expect(200);

    expect(body.count).toBe(await post.ctx.db.collection('posts').countDocuments({ visibility: 'public' }));
    await publish(post, alice);
    expect((await post.as().get('/api/posts?limit=1')).body.count).toBe(Number(body.count) + 1);
  });
});

describe('a large count', () => {
  beforeEach(async () => {
    await post.ctx.db.collection('posts').updateMany({}, { $set: shownTo('public') });
  });

  it('is counted once a minute and kept for all replicas', async () => {
    const { body } = await post.as().get('/api/posts?limit=1').expect(200);
    expect(body.count).toBeGreaterThanOrEqual(POSTS);

    await publish(post, alice);

    expect((await post.as().get('/api/posts?limit=1')).body.count).toBe(body.count);
    expect((await post.as(aUser()).get('/api/posts?limit=1')).body.count).toBe(body.count);
    expect((await post.as().get('/api/posts?limit=1&tag=unused')).body.count).toBe(0);
  });

  it('is counted anew while the state store is away', async () => {
    const undo = post.harness.faults.fail({ on: 'state' });

    const { body } = await post.as().get('/api/posts?limit=1&tag=common').expect(200);

    undo();
    expect(body.count).toBe(await post.ctx.db.collection('posts').countDocuments({ lists: 'tag:common|public' }));
  });
});
