import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listBlocks, listFollows } from '@commons/contracts';
import { encodeCursor } from '@commons/platform';
import { anAdmin, anId, aUser, type TestUser } from '@commons/platform/testing';
import { Types } from 'mongoose';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

const COUNT = 12_000;
const START = Date.UTC(2026, 0, 1);
const MIDDLE = encodeCursor([START + (COUNT / 2) * 1_000, 'f'.repeat(24)]);
let running: SubscriptionUnderTest;
let star: TestUser;
/** Somebody who blocks some of those whom the star knows. */
let picky: TestUser;
const others = Array.from({ length: COUNT }, () => new Types.ObjectId());

beforeAll(async () => {
  running = await buildSubscription();
  star = running.given();
  picky = running.given();
  await running.follow(picky, star).expect(201);
  await running.follow(star, picky).expect(201);
  await running.block(picky, running.given()).expect(201);
  const { db } = running.ctx;
  const id = new Types.ObjectId(star.id);
  const at = (index: number) => ({ revision: 1, created_at: new Date(START + index * 1_000) });
  for (const status of ['accepted', 'pending', 'ended'])
    await db.collection('subscriptions').insertMany(
      others.flatMap((other, index) => {
        const far = status === 'accepted' ? other : new Types.ObjectId();
        return [
          { follower_id: far, following_id: id, status, ...at(index) },
          { follower_id: id, following_id: far, status, ...at(index) },
        ];
      }),
    );
  await db.collection('blocks').insertMany([
    ...others.map((_, index) => ({
      blocker_id: id,
      blocked_id: new Types.ObjectId(),
      is_on: index % 2 === 0,
      ...at(index),
    })),
    ...others.slice(-20).map((other, index) => ({
      blocker_id: new Types.ObjectId(picky.id),
      blocked_id: other,
      is_on: true,
      ...at(index),
    })),
  ]);
  const kinds = ['followers', 'following', 'requests_in', 'requests_out', 'blocks'];
  const counted = Object.fromEntries(kinds.map((kind) => [`${kind}_count`, COUNT]));
  await db.collection('counters').updateMany({}, { $set: counted });
}, 120_000);
afterAll(() => running.stop());

type Profiled = {
  planSummary: string;
  hasSortStage?: boolean;
  keysExamined: number;
  docsExamined: number;
  command: Record<string, unknown>;
};

/** What MongoDB did to read a collection while `work` was done. */
async function profile(collection: string, work: () => Promise<void>): Promise<Profiled[]> {
  const { db } = running.ctx.db;
  await db!.command({ profile: 0 });
  await db!.collection('system.profile').drop();
  await db!.command({ profile: 2 });
  await work();
  await db!.command({ profile: 0 });
  const ns = `${db!.databaseName}.${collection}`;
  return db!.collection('system.profile').find<Profiled>({ ns }).toArray();
}

function expectCheap(reads: Profiled[], path: string): void {
  expect(reads.length).toBeGreaterThan(0);
  for (const { planSummary, hasSortStage = false, keysExamined, docsExamined } of reads) {
    expect({ path, planSummary, hasSortStage }).toEqual({
      path,
      planSummary: expect.stringMatching(/IXSCAN|IDHACK|EXPRESS/),
      hasSortStage: false,
    });
    expect({ path, isFew: keysExamined < 100 && docsExamined < 100 }).toEqual({ path, isFew: true });
  }
}

describe('the cost of a list', () => {
  it('does not grow with what is in it, whoever reads', async () => {
    for (const viewer of [undefined, star, picky, aUser(), anAdmin()]) {
      for (const direction of ['following', 'followers']) {
        const path = `/api/subscriptions/${star.id}?direction=${direction}&limit=5`;
        for (const part of ['', '&page=2', '&cursor=', `&cursor=${MIDDLE}`]) {
          const reads = await profile('subscriptions', async () => {
            await running.as(viewer).get(`${path}${part}`).expect(200);
          });
          expectCheap(reads, `${path}${part}`);
        }
      }
    }
  }, 60_000);

  it('does not grow with the requests that wait, or with the blocks', async () => {
    for (const [list, collection] of [
      ['requests?direction=in', 'subscriptions'],
      ['requests?direction=out', 'subscriptions'],
      ['blocks?', 'blocks'],
    ] as const) {
      for (const part of ['', '&page=2', '&cursor=', `&cursor=${MIDDLE}`]) {
        const path = `/api/subscriptions/${list}&limit=5${part}`;
        const reads = await profile(collection, async () => {
          await running.as(star).get(path).expect(200);
        });
        expectCheap(reads, path);
      }
    }
  });

  it('does not grow with the pairs that other services read', async () => {
    for (const [call, collection] of [
      [listFollows, 'subscriptions'],
      [listBlocks, 'blocks'],
    ] as const) {
      for (const after of [undefined, { from_id: star.id, to_id: '8'.repeat(24) }]) {
        const reads = await profile(collection, async () => {
          await running.call(call, { limit: 20, ...(after && { after }) }).expect(200);
        });
        expect(reads).toHaveLength(1);
        expectCheap(reads, call.name);
      }
    }
  });

  it('does not grow for one who asks, or answers', async () => {
    const fan = running.given();
    const reads = await profile('subscriptions', async () => {
      await running.follow(fan, star).expect(201);
      await running.unfollow(fan, star).expect(204);
      await running.as(star).post('/api/subscriptions/accept').send({ user_id: anId() }).expect(404);
    });

    expectCheap(
      reads.filter(({ planSummary }) => planSummary),
      'request',
    );
  });
});
