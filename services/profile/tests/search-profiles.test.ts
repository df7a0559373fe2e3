import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userProfileUpdated } from '@commons/contracts';
import { anAdmin, anId, aUser, PUBLIC_URL, type TestUser } from '@commons/platform/testing';
import {
  block,
  buildProfile,
  follow,
  register,
  say,
  setUp,
  shortOf,
  wholeOf,
  type ProfileService,
} from './a-profile.ts';

let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile();
});
afterAll(() => profile.stop());

const names = { first_name: '', last_name: '' };
/** Somebody with a username, and a nickname if one is given. */
async function called(username: string, nickname?: string, more = names): Promise<TestUser> {
  const user = await register(profile, { username, ...more });
  if (nickname !== undefined) await say(profile, user, { nickname });
  return user;
}

const ask = async (query: string, viewer?: TestUser) =>
  (await profile.as(viewer).get(`/api/profiles?${query}`).expect(200)).body;
const found = async (query: string, viewer?: TestUser): Promise<string[]> =>
  (await ask(query, viewer)).results.map(({ username }: { username: string }) => username);

describe('a search by nickname', () => {
  it('finds those whose nickname or username begins so, in the order of the names', async () => {
    await called('quentin');
    await called('zed_1', 'Quincy');
    await called('quinn', 'Other');
    await called('not_quinn', 'The Quinn');

    expect(await found('nickname=qu')).toEqual(['quentin', 'zed_1', 'quinn']);
    expect(await found('nickname=quinn')).toEqual(['quinn']);
    expect(await found('nickname=uinn')).toEqual([]);
    expect(await found('nickname=quinn.')).toEqual([]);
    expect(await found('nickname=qui%25')).toEqual([]);
  });

  it('folds case and accents, both ways', async () => {
    await called('Zoe_upper', 'Zoë');
    await called('zoey');

    const everyone = ['Zoe_upper', 'zoey'];
    for (const text of ['zoe', 'ZOE', 'Zoë', 'zoe\u0308', ' zoe '])
      expect(await found(`nickname=${encodeURIComponent(text)}`)).toEqual(everyone);
  });

  it('finds somebody once, by whichever names', async () => {
    await called('xena', 'Xenia');

    expect(await ask('nickname=xen')).toMatchObject({ count: 1, results: [{ username: 'xena' }] });
    expect(await ask('nickname=xeni')).toMatchObject({ count: 1, results: [{ username: 'xena' }] });
    expect(await ask('nickname=xena')).toMatchObject({ count: 1, results: [{ username: 'xena' }] });
  });

  it('knows new names at once, and old ones no more', async () => {
    const user = await called('wanda', 'Wilhelmina');

    await say(profile, user, { nickname: 'Wolke' });
    await profile.deliver(userProfileUpdated, { user_id: user.id, username: 'wendy', username_revision: 2 });

    const hits = [];
    for (const name of ['wilh', 'wolk', 'wand', 'wend']) hits.push(await found(`nickname=${name}`));
    expect(hits).toEqual([[], ['wendy'], [], ['wendy']]);
  });

  it('does not know first and last names, which `q` does', async () => {
    await called('hidden_1', 'Vik', { first_name: 'Vera', last_name: 'Vågen' });

    expect(await found('nickname=vera')).toEqual([]);
    for (const text of ['vera', 'vera vag', 'vag', 'vik', 'hidden_1'])
      expect(await found(`q=${encodeURIComponent(text)}`)).toEqual(['hidden_1']);
    expect(await ask('q=v')).toMatchObject({ count: 1, results: [{ username: 'hidden_1' }] });
  });

  it('leaves out those whom a block keeps apart, but not for admins', async () => {
    const [ann, ben, cleo] = [await called('uma_a'), await called('uma_b'), await called('uma_c')];
    await block(profile, ann, ben);
    await block(profile, cleo, ann);
    const admin = anAdmin();
    await block(profile, ann, admin);

    expect(await ask('nickname=uma_', ann)).toMatchObject({ count: 1, results: [{ id: ann.id }] });
    expect(await found('nickname=uma_&cursor=', ann)).toEqual(['uma_a']);
    expect(await found('nickname=uma_', ben)).toEqual(['uma_b', 'uma_c']);
    expect(await found('nickname=uma_', admin)).toEqual(['uma_a', 'uma_b', 'uma_c']);
    expect(await found('nickname=uma_')).toEqual(['uma_a', 'uma_b', 'uma_c']);
  });

  it('shows as much of each as the viewer may see', async () => {
    const [open, guarded, closed] = [await called('tess_1'), await called('tess_2'), await called('tess_3')];
    const follower = await register(profile);
    await setUp(profile, guarded, { profile_visibility: 'followers' });
    await setUp(profile, closed, { profile_visibility: 'private' });
    await follow(profile, follower, guarded);
    await follow(profile, follower, closed);

    const whole = wholeOf(open, names);
    const changed = { ...names, followers_count: 1, updated_at: expect.any(String) };
    const wholeGuarded = wholeOf(guarded, { ...changed, visibility: 'followers' });
    const wholeClosed = wholeOf(closed, { ...changed, visibility: 'private' });
    expect((await ask('nickname=tess_')).results).toEqual([whole, shortOf(guarded), shortOf(closed)]);
    expect((await ask('nickname=tess_', follower)).results).toEqual([whole, wholeGuarded, shortOf(closed)]);
    expect((await ask('nickname=tess_', closed)).results).toEqual([whole, shortOf(guarded), wholeClosed]);
    expect((await ask('nickname=tess_', anAdmin())).results).toEqual([whole, wholeGuarded, wholeClosed]);
  });

  it('is read by page', async () => {
    for (const index of [1, 2, 3, 4, 5]) await called(`sara_${index}`);
    const link = (page: number) => `${PUBLIC_URL}/api/profiles?nickname=sara_&limit=2&page=${page}`;

    expect(await ask('nickname=sara_&limit=2&page=2')).toMatchObject({
      ...{ count: 5, next: link(3), previous: link(1), results: [{ username: 'sara_3' }, { username: 'sara_4' }] },
    });
    expect(await ask('nickname=sara_&limit=2&page=9')).toMatchObject({ count: 5, next: null, results: [] });
  });

  it('is read by cursor to its end, with nobody twice and nobody left out', async () => {
    for (const index of [1, 2, 3, 4, 5]) await called(`rita_${index}`, 'Rita');

    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const body = await ask(`nickname=rit&limit=2&cursor=${cursor}`);
      expect(Object.keys(body)).toEqual(['next_cursor', 'results']);
      seen.push(...body.results.map(({ username }: { username: string }) => username));
      cursor = body.next_cursor;
    }

    expect(seen.toSorted()).toEqual(['rita_1', 'rita_2', 'rita_3', 'rita_4', 'rita_5']);
  });

  it.each([
    ['limit=0'],
    ['limit=x'],
    ['page=0'],
    ['cursor=x'],
    ['ids=x'],
    ['ids=x,y'],
    [`nickname=${'x'.repeat(201)}`],
    ['nickname=a&nickname=b'],
    ['nickname=a&q=b'],
    [`q=a&ids=${anId()}`],
  ])('refuses %s', async (query) => {
    const { body } = await profile.as().get(`/api/profiles?${query}`).expect(400);

    expect(body).toMatchObject({ status: 400, code: expect.stringMatching(/^invalid_(request|cursor)$/) });
  });

  it('takes nobody with a bad token', async () => {
    await profile.as().get('/api/profiles?nickname=a').set('authorization', 'Bearer x').expect(401);
    await profile.as(aUser()).post('/api/profiles').send({}).expect(405);
  });
});

describe('profiles without a search', () => {
  it('are all there are, each once', async () => {
    const { count, results } = await ask('limit=100');

    expect(count).toBe(await profile.ctx.db.collection('profiles').countDocuments({ created_at: { $ne: null } }));
    expect(new Set(results.map(({ id }: { id: string }) => id)).size).toBe(count);
    expect(await ask('nickname=&q=&ids=&limit=100')).toEqual({ count, next: null, previous: null, results });
  });
});

describe('profiles by their ids', () => {
  it('come in the order asked for, each once, without those who are not there or kept apart', async () => {
    const [ann, ben, cleo] = [await register(profile), await register(profile), await register(profile)];
    await setUp(profile, ben, { profile_visibility: 'private' });
    await block(profile, cleo, ann);
    const ids = [cleo.id, ben.id, anId(), ann.id, ben.id.toUpperCase()];

    const all = await ask(`ids=${ids.join(',')}`);
    const repeated = await ask(ids.map((id) => `ids=${id}`).join('&'));
    const own = await ask(`ids=${ids.join(',')}`, ann);

    const results = [wholeOf(cleo), shortOf(ben), wholeOf(ann)];
    expect(all).toEqual({ count: 3, next: null, previous: null, results });
    expect(repeated).toEqual(all);
    expect(own).toEqual({ count: 2, next: null, previous: null, results: results.slice(1) });
  });

  it('come all at once, up to a hundred, or by page and cursor', async () => {
    const users = [];
    for (let index = 0; index < 25; index += 1) users.push(await register(profile));
    const ids = users.map(({ id }) => id);
    const idsOf = ({ results }: { results: { id: string }[] }) => results.map(({ id }) => id);
    const strangers = Array.from({ length: 75 }, anId);

    const query = `ids=${[...ids, ...strangers].join(',')}`;
    expect(idsOf(await ask(query))).toEqual(ids);
    expect(idsOf(await ask(`${query}&limit=10&page=3`))).toEqual(ids.slice(20));
    const first = await ask(`${query}&limit=20&cursor=`);
    const second = await ask(`${query}&limit=20&cursor=${first.next_cursor}`);
    expect([idsOf(first), idsOf(second), second.next_cursor]).toEqual([ids.slice(0, 20), ids.slice(20), null]);
    const refusal = await profile.as().get(`/api/profiles?${query},${anId()}`).expect(422);
    expect(refusal.body).toMatchObject({ code: 'rule_broken', errors: [{ path: 'ids' }] });
    await profile.as().get(`/api/profiles?ids=${ids[0]}&cursor=x`).expect(400);
  });
});
