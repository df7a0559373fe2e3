import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listBlocks, listFollowCounts, listFollows, userDeleted, type RelationPair } from '@commons/contracts';
import { anAdmin, aUser, fakeCall, until, type TestUser } from '@commons/platform/testing';
import type { z } from 'zod';
import { accountOf, block, buildProfile, follow, register, say, wholeOf, type ProfileService } from './a-profile.ts';

type Counts = z.output<(typeof listFollowCounts)['output']>['counts'][number];
type After = { after?: { from_id: string; to_id: string } | undefined };

const counts = new Map<string, Counts>();
const follows: RelationPair[] = [];
const blocks: RelationPair[] = [];
const keyOf = ({ from_id, to_id }: Pick<RelationPair, 'from_id' | 'to_id'>) => `${from_id}:${to_id}`;
const pairsOf = (pairs: RelationPair[]) => ({
  after: ({ after }: After) => ({
    pairs: pairs
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .filter((pair) => after === undefined || keyOf(pair) > keyOf(after)),
  }),
});

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile({
    fakes: [
      fakeCall(listFollows, (input) => pairsOf(follows).after(input)),
      fakeCall(listBlocks, (input) => pairsOf(blocks).after(input)),
      fakeCall(listFollowCounts, ({ after = '', limit }) => ({
        counts: [...counts.values()]
          .toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1))
          .filter(({ user_id }) => user_id > after)
          .slice(0, limit),
      })),
    ],
  });
});
afterAll(() => profile.stop());

const path = '/api/admin/services/profile/rebuild';

async function rebuild(): Promise<Record<string, number>> {
  await profile.as(anAdmin()).post(path).expect(202);
  const run = async () => (await profile.as(anAdmin()).get(path).expect(200)).body;
  await until(async () => (await run()).running === false);
  const { results, error } = await run();
  expect(error).toBeNull();
  return Object.fromEntries(
    results.map(({ name, corrected }: { name: string; corrected: number }) => [name, corrected]),
  );
}

/** Somebody whom `auth` and `subscription` know as this service does. */
async function known(numbers: Partial<Counts> = {}): Promise<TestUser> {
  const user = await register(profile);
  profile.accounts.set(user.id, accountOf(user));
  const none = { followers_count: 0, followers_revision: 0, following_count: 0, following_revision: 0 };
  counts.set(user.id, { user_id: user.id, ...none, ...numbers });
  return user;
}

const read = async ({ id }: TestUser) => (await profile.as().get(`/api/profiles/${id}`).expect(200)).body;
const NOTHING = { names: 0, search: 0, counts: 0, follows: 0, blocks: 0 };

describe('rebuilding what profiles copy of others', () => {
  it('takes over names, and makes the profiles that are missing', async () => {
    const [ann, right, gone, missed] = [await known(), await known(), await known(), aUser()];
    await read(ann);
    profile.accounts.set(ann.id, accountOf(ann, { username: 'right_name', username_revision: 4 }));
    profile.accounts.set(missed.id, accountOf(missed));
    await profile.deliver(userDeleted, { user_id: gone.id });
    counts.delete(gone.id);

    expect(await rebuild()).toEqual({ ...NOTHING, names: 2 });

    expect(await read(ann)).toMatchObject({ username: 'right_name' });
    expect([await read(right), await read(missed)]).toEqual([wholeOf(right), wholeOf(missed)]);
    expect((await profile.as().get('/api/profiles?nickname=right_name')).body).toMatchObject({ count: 1 });
    await profile.as().get(`/api/profiles/${gone.id}`).expect(404);
    expect(await rebuild()).toEqual(NOTHING);
  });

  it('has everybody found by the names that they have', async () => {
    const ann = await known();
    await say(profile, ann, { nickname: 'Findable' });
    const names = profile.ctx.db.collection('names');
    await names.updateMany({ key: 'findable' }, { $set: { key: 'lost' } });
    expect((await profile.as().get('/api/profiles?nickname=findable')).body).toMatchObject({ count: 0 });

    expect(await rebuild()).toEqual({ ...NOTHING, search: 1 });

    expect((await profile.as().get('/api/profiles?nickname=findable')).body).toMatchObject({ count: 1 });
    expect((await profile.as().get('/api/profiles?nickname=lost')).body).toMatchObject({ count: 0 });
  });

  it('takes over counts, follows and blocks, and corrects nothing the second time', async () => {
    const numbers = { followers_count: 5, followers_revision: 6, following_count: 2, following_revision: 3 };
    const [ann, ben, cleo] = [await known(numbers), await known(), await known()];
    await follow(profile, ben, cleo);
    await block(profile, cleo, ben);
    await read(ann);
    follows.push({ from_id: ben.id, to_id: ann.id, is_on: true, revision: 1 });
    blocks.push({ from_id: cleo.id, to_id: ben.id, is_on: false, revision: 2 });

    expect(await rebuild()).toEqual({ ...NOTHING, counts: 3, follows: 2, blocks: 1 });

    expect(await read(ann)).toMatchObject({ followers_count: 5, following_count: 2 });
    expect(await read(cleo)).toMatchObject({ followers_count: 0 });
    const { follows: copies, blocks: walls } = profile.ctx;
    expect([await copies.holds(ben.id, ann.id), await copies.holds(ben.id, cleo.id)]).toEqual([true, false]);
    expect(await walls.areApart(ben.id, cleo.id)).toBe(false);
    expect(await rebuild()).toEqual(NOTHING);
  });

  it('does not step back behind what is told while it runs', async () => {
    const ann = await known();
    const listed = (await profile.ctx.followCounts.list({ limit: 1_000 })).find(({ user_id }) => user_id === ann.id)!;
    await follow(profile, aUser(), ann);

    const { user_id: _, ...old } = listed;
    const isCorrected = await profile.ctx.followCounts.correct(listed, { ...old, followers_count: 9 });

    expect(isCorrected).toBe(false);
    expect(await read(ann)).toMatchObject({ followers_count: 1 });
  });

  it('is for admins', async () => {
    await profile.as(aUser()).post(path).expect(403);
    await profile.as().post(path).expect(401);
  });
});
