import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '@commons/platform';
import { anId, aUser, profileReads } from '@commons/platform/testing';
import { nameKeysOf } from '../src/domain/name-keys.ts';
import { block, buildProfile, register, type ProfileService } from './a-profile.ts';

const PROFILES = 12_000;
const LIMIT = 5;
const viewer = aUser();
let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
  await register(profile, { username: 'common_00000', first_name: 'Common', last_name: 'Name' });
  await block(profile, viewer, aUser());
  const { db } = profile.ctx;
  const { _id: _, ...template } = (await db.collection('profiles').findOne())!;
  const usernames = Array.from({ length: PROFILES - 1 }, (_, index) => `common_${String(index + 1).padStart(5, '0')}`);
  const profiles = usernames.map((username) => ({ ...template, username, nickname: 'Common' }));
  const { insertedIds } = await db.collection('profiles').insertMany(profiles);
  const names = usernames.flatMap((username, index) =>
    nameKeysOf({ username, nickname: 'Common', firstName: 'Common', lastName: 'Name' }).map((key) => ({
      user_id: insertedIds[index],
      ...key,
    })),
  );
  await db.collection('names').insertMany(names);
}, 60_000);
afterAll(() => profile.stop());

const searches = [
  '',
  'nickname=common',
  'nickname=common_0',
  'nickname=common_11999',
  'q=common',
  'q=name',
  'q=x',
  `q=${'x'.repeat(200)}`,
];

describe('the cost of a search', () => {
  it.each([
    ['nobody', undefined],
    ['a user', viewer],
  ])('does not grow with those who are found, for %s', async (_, who) => {
    for (const search of searches) {
      const path = `/api/profiles?${search}&limit=${LIMIT}`;
      const first = await profile.as(who).get(`${path}&cursor=`).expect(200);
      const cursor = String(first.body.next_cursor ?? '');

      const reads = await profileReads(profile.ctx.db, ['names'], async () => {
        await profile.as(who).get(path).expect(200);
        await profile.as(who).get(`${path}&cursor=`).expect(200);
        await profile.as(who).get(`${path}&cursor=${cursor}`).expect(200);
      });

      expect(reads).toHaveLength(3);
      for (const { planSummary, hasSortStage, keysExamined, docsExamined } of reads) {
        expect({ search, planSummary, hasSortStage, docsExamined }).toEqual({
          search,
          planSummary: expect.stringMatching(/^(IXSCAN \{ scope: 1, from: 1, key: 1, user_id: 1 \}(, |$))+$/),
          hasSortStage: false,
          docsExamined: 0,
        });
        expect(keysExamined).toBeLessThan(200);
      }
    }
  });

  it('is the same deep down by cursor, and reads the profiles of one page by their ids', async () => {
    const middle = encodeCursor(['common', '8'.repeat(24)]);
    const deep = encodeCursor(['common_09000', anId()]);
    const ask = (cursor: string) =>
      profile.as(viewer).get(`/api/profiles?q=common&limit=${LIMIT}&cursor=${cursor}`).expect(200);

    const names = await profileReads(profile.ctx.db, ['names'], () => Promise.all([ask(middle), ask(deep)]));
    const profiles = await profileReads(profile.ctx.db, ['profiles'], () => ask(''));

    expect(names.every(({ keysExamined }) => keysExamined < 100)).toBe(true);
    expect(profiles).toHaveLength(1);
    expect(profiles[0]).toMatchObject({ planSummary: 'IXSCAN { _id: 1 }', docsExamined: LIMIT });
  });

  it('finds each once, and says how many there are: exactly up to 10,000, and beyond from a minute ago', async () => {
    const countOf = async (search: string) =>
      (await profile.as().get(`/api/profiles?${search}&limit=1`).expect(200)).body.count;

    expect(await countOf('nickname=common_0')).toBe(10_000);
    expect(await countOf('nickname=common')).toBe(PROFILES);
    await register(profile, { username: 'common_new' });

    expect(await countOf('nickname=common')).toBe(PROFILES);
    expect(await countOf('nickname=common_new')).toBe(1);
    const undo = profile.harness.faults.fail({ on: 'state' });
    expect(await countOf('nickname=common')).toBe(PROFILES + 1);
    undo();
  });
});
