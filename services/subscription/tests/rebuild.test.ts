import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listBlocks, listFollowCounts, listFollows, userProfileUpdated } from '@commons/contracts';
import {
  createBlocks,
  createFollows,
  prepareBlocks,
  prepareFollows,
  rebuildBlocks,
  rebuildFollows,
} from '@commons/platform';
import { anAdmin, PUBLIC_URL, testDatabase, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription();
});
afterAll(() => running.stop());

const counters = () => running.ctx.db.collection('counters');

async function countsOf({ id }: TestUser) {
  const { body } = await running.call(listFollowCounts, { limit: 1_000 }).expect(200);
  return body.counts.find(({ user_id }: { user_id: string }) => user_id === id);
}

describe('a rebuild', () => {
  it('corrects nothing where all is right', async () => {
    await running.follow(running.given(), running.given({ visibility: 'private' })).expect(201);
    await running.follow(running.given(), running.given()).expect(201);
    await running.block(running.given(), running.given()).expect(201);

    await running.rebuild(anAdmin());
    const again = await running.rebuild(anAdmin());

    expect(again).toEqual({
      counters: { checked: 6, corrected: 0 },
      profiles: { checked: 1, corrected: 0 },
      names: { checked: 6, corrected: 0 },
    });
  });

  it('counts anew what is counted for each user, as a later change of what others copy', async () => {
    const [ada, ben] = [running.given(), running.given({ visibility: 'private' })];
    await running.follow(ben, ada).expect(201);
    await running.follow(ada, ben).expect(201);
    await running.block(ada, running.given()).expect(201);
    const before = await counters().findOne({ followers_count: 1, requests_out_count: 1, blocks_count: 1 });
    await counters().updateOne(
      { _id: before!._id },
      {
        $set: { followers_count: 7, following_count: 3, requests_out_count: 0, requests_in_count: 2, blocks_count: 9 },
      },
    );

    const { counters: result } = await running.rebuild(anAdmin());

    expect(result).toMatchObject({ corrected: 1 });
    expect(await counters().findOne({ _id: before!._id })).toEqual({
      ...before,
      followers_revision: 2,
      following_revision: 1,
    });
    expect(await countsOf(ada)).toEqual({
      user_id: ada.id,
      followers_count: 1,
      followers_revision: 2,
      following_count: 0,
      following_revision: 1,
    });
  });

  it('takes names from `auth`, and the rest from `profile`, also of those who are not known yet', async () => {
    const [ada, ben] = [running.given(), running.given()];
    await running.follow(ada, ben).expect(201);
    running.accounts.set(ben.id, { username: 'renamed', username_revision: 4, status: 'active' });
    running.profiles.set(ben.id, {
      nickname: 'Ben',
      avatar_url: '/b.png',
      visibility: 'public',
      revision: 6,
    });
    const stranger = running.given({ visibility: 'private' });

    const result = await running.rebuild(anAdmin());

    expect(result).toMatchObject({ profiles: { corrected: 2 }, names: { corrected: 3 } });
    const { body } = await running.as().get(`/api/subscriptions/${ada.id}`).expect(200);
    expect(body.results).toMatchObject([
      { user: { id: ben.id, username: 'renamed', nickname: 'Ben', avatar_url: `${PUBLIC_URL}/b.png` } },
    ]);
    const asked = running.asked.length;
    await running.as().get(`/api/subscriptions/${stranger.id}`).expect(403);
    expect(running.asked).toHaveLength(asked);
  });

  it('never steps back behind what an event has said', async () => {
    const ada = running.given({ nickname: 'Old', visibility: 'private', revision: 2 });
    await running.deliver(userProfileUpdated, { user_id: ada.id, nickname: 'New', visibility: 'public', revision: 3 });
    await running.deliver(userProfileUpdated, { user_id: ada.id, username: 'new', username_revision: 2 });

    await running.rebuild(anAdmin());

    const fan = running.given();
    await running.follow(fan, ada).expect(201);
    const { body } = await running.as().get(`/api/subscriptions/${fan.id}`).expect(200);
    expect(body.results).toMatchObject([{ user: { username: 'new', nickname: 'New' }, status: 'accepted' }]);
  });

  it('is for admins', async () => {
    await running.as(running.given()).post('/api/admin/services/subscription/rebuild').expect(403);
    await running.as().post('/api/admin/services/subscription/rebuild').expect(401);
  });
});

describe("others' copies", () => {
  it('are made anew from the lists of pairs, whatever has ended and begun again', async () => {
    const users = Array.from({ length: 4 }, () => running.given());
    const [ada, ben, cy, dan] = users as [TestUser, TestUser, TestUser, TestUser];
    await running.follow(ada, ben).expect(201);
    await running.follow(ben, ada).expect(201);
    await running.unfollow(ben, ada).expect(204);
    await running.follow(cy, ada).expect(201);
    await running.unfollow(cy, ada).expect(204);
    await running.follow(cy, ada).expect(201);
    await running.block(dan, cy).expect(201);
    await running.block(ben, dan).expect(201);
    await running.unblock(ben, dan).expect(204);
    const database = testDatabase();
    const db = await database.open('copies');
    await Promise.all([prepareFollows(db), prepareBlocks(db)]);
    const [follows, blocks] = [createFollows(db), createBlocks(db)];
    await follows.note({ fromId: dan.id, toId: ada.id, isOn: true, revision: 1 });
    await blocks.note({ fromId: dan.id, toId: cy.id, isOn: false, revision: 0 });
    const dapr: Parameters<typeof rebuildFollows>[0]['dapr'] = {
      call: async (call, input) => (await running.call(call, { ...input, limit: 2 }).expect(200)).body as never,
    };

    const [ofFollows, ofBlocks] = [await rebuildFollows({ follows, dapr }), await rebuildBlocks({ blocks, dapr })];

    const holds = async (one: TestUser, other: TestUser) => [
      await follows.holds(one.id, other.id),
      await blocks.holds(one.id, other.id),
    ];
    expect([ofFollows.checked, ofBlocks.checked]).toEqual([
      await running.ctx.db.collection('subscriptions').countDocuments(),
      await running.ctx.db.collection('blocks').countDocuments(),
    ]);
    expect([await holds(ada, ben), await holds(ben, ada), await holds(cy, ada), await holds(dan, ada)]).toEqual([
      [true, false],
      [false, false],
      [true, false],
      [false, false],
    ]);
    expect([await holds(dan, cy), await holds(ben, dan)]).toEqual([
      [false, true],
      [false, false],
    ]);
    expect(await rebuildFollows({ follows, dapr })).toMatchObject({ corrected: 0 });
    await database.drop('copies');
  });
});

describe('what is listed for other services', () => {
  it('is every pair in the order of its ids, whether or not it holds, from one after another', async () => {
    const service = await buildSubscription();
    const [ada, ben, cy] = Array.from({ length: 3 }, () => service.given()).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    ) as [TestUser, TestUser, TestUser];
    await service.follow(cy, ada).expect(201);
    await service.follow(ada, cy).expect(201);
    await service.unfollow(ada, cy).expect(204);
    await service.follow(ada, ben).expect(201);
    await service.follow(ben, ada).expect(201);
    await service.block(cy, ben).expect(201);
    await service.block(ben, cy).expect(201);
    await service.unblock(ben, cy).expect(204);
    const pair = ({ id: from_id }: TestUser, { id: to_id }: TestUser, is_on: boolean, revision: number) => ({
      ...{ from_id, to_id, is_on, revision },
    });

    const all = await service.call(listFollows, {}).expect(200);
    const first = await service.call(listFollows, { limit: 1 }).expect(200);
    const later = await service.call(listFollows, { limit: 2, after: { from_id: ada.id, to_id: ben.id } }).expect(200);
    const blocks = await service.call(listBlocks, {}).expect(200);
    const lastBlock = await service.call(listBlocks, { after: { from_id: ben.id, to_id: cy.id } }).expect(200);
    const counts = await service.call(listFollowCounts, { after: ada.id, limit: 1 }).expect(200);

    const pairs = [pair(ada, ben, true, 1), pair(ada, cy, false, 2), pair(ben, ada, true, 1), pair(cy, ada, true, 1)];
    expect(all.body).toEqual({ pairs });
    expect(first.body).toEqual({ pairs: pairs.slice(0, 1) });
    expect(later.body).toEqual({ pairs: pairs.slice(1, 3) });
    expect(blocks.body).toEqual({ pairs: [pair(ben, cy, false, 2), pair(cy, ben, true, 1)] });
    expect(lastBlock.body).toEqual({ pairs: [pair(cy, ben, true, 1)] });
    expect(counts.body).toEqual({
      counts: [
        {
          user_id: ben.id,
          followers_count: 1,
          followers_revision: 1,
          following_count: 1,
          following_revision: 1,
        },
      ],
    });
    await service.stop();
  });

  it('is for those who keep copies', async () => {
    for (const call of [listFollows, listBlocks])
      for (const caller of ['post', 'comment', 'profile', 'project', 'notification'])
        await running.call(call, { limit: 1 }, { caller }).expect(200);
    for (const call of [listFollows, listBlocks, listFollowCounts]) {
      for (const caller of ['gateway', 'like']) await running.call(call, {}, { caller }).expect(403);
      await running.call(call, { limit: 0 }).expect(422);
    }
    await running.call(listFollowCounts, {}, { caller: 'post' }).expect(403);
    await running.as(anAdmin()).post('/internal/ListFollows').send({}).expect(403);
  });
});
