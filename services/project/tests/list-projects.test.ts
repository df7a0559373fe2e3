import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aUser,
  BAD_PAGES,
  buildService,
  fakeClock,
  idsOf,
  PUBLIC_URL,
  readToEnd,
  type TestUser,
} from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, start, type ProjectService } from './a-project.ts';

const clock = fakeClock('2026-01-01T00:00:00.000Z');
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

/** Starts projects, a second apart, due after so many days and with so many applications. */
async function startAll(owner: TestUser, all: { days?: number; applications?: number }[]): Promise<string[]> {
  const ids = [];
  for (const { days, applications = 0 } of all) {
    clock.advance(1_000);
    const deadline = days === undefined ? null : new Date(Date.UTC(2027, 0, 1 + days)).toISOString();
    const id = await start(project, owner, { title: 'One of many', deadline, skills: [owner.username] });
    for (let count = 0; count < applications; count++) await apply(project, aUser(), id);
    ids.push(id);
  }
  return ids;
}

async function find(query: string, ordering = 'created_at'): Promise<string[]> {
  const path = `/api/projects?${query}&ordering=${ordering}`;
  const { body } = await project.as().get(path).expect(200);
  expect(body.count).toBe(body.results.length);
  expect((await readToEnd(project.as(), `${path}&limit=2`)).ids).toEqual(idsOf(body));
  return idsOf(body);
}

describe('listing projects', () => {
  it('shows each as it is by itself', async () => {
    const alice = aUser();
    const id = await start(project, alice, { skills: ['a'], budget: { amount: 5, currency: 'EUR' } });

    const { body } = await project.as().get(`/api/projects?owner_id=${alice.id}`).expect(200);

    const { body: itself } = await project.as().get(`/api/projects/${id}`).expect(200);
    expect(body).toEqual({ count: 1, next: null, previous: null, results: [itself] });
  });

  it('goes page by page, with links to the next and the previous one', async () => {
    const alice = aUser();
    const ids = (await startAll(alice, [{}, {}, {}, {}, {}])).toReversed();
    const path = `/api/projects?owner_id=${alice.id}&limit=2`;

    const pages = await Promise.all(
      [path, `${path}&page=2`, `${path}&page=3`, `${path}&page=4`].map((url) => project.as().get(url).expect(200)),
    );

    const link = (page: number) => `${PUBLIC_URL}${path}&page=${page}`;
    expect(pages.map(({ body }) => ({ ...body, results: idsOf(body) }))).toEqual([
      { count: 5, next: link(2), previous: null, results: ids.slice(0, 2) },
      { count: 5, next: link(3), previous: link(1), results: ids.slice(2, 4) },
      { count: 5, next: null, previous: link(2), results: ids.slice(4) },
      { count: 5, next: null, previous: link(3), results: [] },
    ]);
  });

  it.each([
    ['-created_at', [4, 3, 2, 1, 0]],
    ['created_at', [0, 1, 2, 3, 4]],
    ['deadline', [4, 1, 2, 0, 3]],
    ['applications_count', [0, 2, 3, 4, 1]],
  ])('orders by %s, by page and by cursor alike, those without a deadline last', async (ordering, expected) => {
    const alice = aUser();
    const ids = await startAll(alice, [
      { days: 9 },
      { days: 3, applications: 2 },
      { days: 3 },
      { applications: 1 },
      { days: 1, applications: 1 },
    ]);
    const order = expected.map((index) => ids[index]);

    for (const filter of [`owner_id=${alice.id}`, `skills=${alice.username}`, `q=${alice.username}`]) {
      const path = `/api/projects?${filter}&ordering=${ordering}&limit=2`;
      const pages = [];
      for (const page of [1, 2, 3]) pages.push(...idsOf((await project.as().get(`${path}&page=${page}`)).body));

      expect(pages).toEqual(order);
      expect(await readToEnd(project.as(), path)).toEqual({ ids: order, pages: 3 });
      expect(await readToEnd(project.as(alice), path)).toEqual({ ids: order, pages: 3 });
    }
  });

  it('reads through projects of which none has a deadline', async () => {
    const alice = aUser();
    const ids = await startAll(alice, [{}, {}, {}]);

    expect(await readToEnd(project.as(), `/api/projects?owner_id=${alice.id}&ordering=deadline&limit=1`)).toEqual({
      ids,
      pages: 3,
    });
  });

  it('keeps the order in the cursor, whatever is asked beside it', async () => {
    const alice = aUser();
    const ids = await startAll(alice, [{ applications: 1 }, {}, { applications: 2 }]);
    const path = `/api/projects?owner_id=${alice.id}&limit=1`;

    const first = await project.as().get(`${path}&ordering=applications_count&cursor=`).expect(200);
    const second = await project.as().get(`${path}&ordering=-created_at&cursor=${first.body.next_cursor}`).expect(200);

    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual([ids[1], ids[0]]);
  });

  it('reads on in its place by cursor while projects are added', async () => {
    const alice = aUser();
    const ids = await startAll(alice, [{}, {}, {}]);
    const path = `/api/projects?owner_id=${alice.id}&limit=2`;
    const first = await project.as().get(`${path}&cursor=`).expect(200);

    await startAll(alice, [{}]);

    const second = await project.as().get(`${path}&cursor=${first.body.next_cursor}`).expect(200);
    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual(ids.toReversed());
    expect(second.body.next_cursor).toBeNull();
  });

  it('finds by words of title, description and skills, all of them, without a look at case or accents', async () => {
    const word = `w${aUser().username}`;
    const first = await start(project, aUser(), { title: `Café ${word}`, description: 'Über den Wolken' });
    const second = await start(project, aUser(), {
      title: 'Sky',
      description: 'wolken!',
      skills: [word.toUpperCase()],
    });
    const search = (words: string) => find(`q=${encodeURIComponent(words)}`);

    expect(await search(word)).toEqual([first, second]);
    expect(await search(`${word} wolken`)).toEqual([first, second]);
    expect(await search(`CAFE ${word} uber`)).toEqual([first]);
    expect(await search(`${word} nowhere`)).toEqual([]);
    expect(await search(`$where ${word}`)).toEqual([]);
    expect(await search('!?')).toEqual([]);
    expect((await project.as().get('/api/projects?q=!&cursor=').expect(200)).body).toEqual({
      next_cursor: null,
      results: [],
    });
  });

  it('finds by skills, all of them, without a look at case', async () => {
    const own = aUser().username;
    const both = await start(project, aUser(), { skills: [own, 'Type  Script', 'Dapr'] });
    const one = await start(project, aUser(), { skills: [own.toUpperCase(), 'DAPR'] });

    expect(await find(`skills=${own}`)).toEqual([both, one]);
    expect(await find(`skills=${own},dapr`)).toEqual([both, one]);
    expect(await find(`skills=%20DAPR,,${own.toUpperCase()},type%20script%20`)).toEqual([both]);
    expect(await find(`skills=${own},cobol`)).toEqual([]);
  });

  it('finds by status, place and budget', async () => {
    const alice = aUser();
    const own = `owner_id=${alice.id}`;
    const near = await start(project, alice, { budget: { amount: 100, currency: 'EUR' } });
    const far = await start(project, alice, { budget: { amount: 99.5, currency: 'USD' }, remote: true });
    const free = await start(project, alice);
    await project.as(alice).post(`/api/projects/${free}/status`).send({ status: 'cancelled' }).expect(200);

    expect(await find(`${own}&status=open`)).toEqual([near, far]);
    expect(await find(`${own}&status=cancelled`)).toEqual([free]);
    expect(await find(`${own}&status=completed`)).toEqual([]);
    expect(await find(`${own}&remote=true`)).toEqual([far]);
    expect(await find(`${own}&remote=false`)).toEqual([near, free]);
    expect(await find(`${own}&budget_min=100`)).toEqual([near]);
    expect(await find(`${own}&budget_max=99.5`)).toEqual([far]);
    expect(await find(`${own}&budget_min=99&budget_max=1000`)).toEqual([near, far]);
    expect(await find(`${own}&budget_min=0`)).toEqual([near, far]);
    expect(await find(`${own}&budget_min=2&budget_max=1`)).toEqual([]);
  });

  it('joins its filters', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const word = `join${alice.username}`;
    const wanted = { title: word, skills: ['a', 'b'], remote: true, budget: { amount: 7, currency: 'EUR' } };
    const id = await start(project, alice, wanted);
    await start(project, bob, wanted);
    for (const other of [{ title: 'x' }, { skills: ['a'] }, { remote: false }, { budget: null }, { status: 'draft' }])
      await start(project, alice, { ...wanted, ...other });

    const query = `owner_id=${alice.id}&skills=b,a&remote=true&status=open&budget_min=7&q=${word}`;

    for (const ordering of ['created_at', 'deadline', 'applications_count'])
      expect(await find(query, ordering)).toEqual([id]);
  });

  it.each([
    ...BAD_PAGES,
    'ordering=title',
    'ordering=-deadline',
    'ordering=__proto__',
    'ordering=created_at&ordering=deadline',
    'status=lost',
    'status=',
    'owner_id=x',
    'owner_id=',
    'owner_id[$ne]=x&owner_id=y',
    'skills=',
    'skills=,',
    'skills=a&skills=b',
    `skills=${'x'.repeat(1_001)}`,
    'remote=yes',
    'remote=',
    'budget_min=',
    'budget_min=x',
    'budget_min=-1',
    'budget_min=Infinity',
    'budget_max=NaN',
    'budget_max=1&budget_max=2',
    `q=${'x'.repeat(201)}`,
    'q=a&q=b',
    `cursor=${Buffer.from('["-created_at",1e300,"000000000000000000000000"]').toString('base64url')}`,
    `cursor=${Buffer.from('["title",1,"000000000000000000000000"]').toString('base64url')}`,
    `cursor=${Buffer.from('["deadline",{"$gt":0},"000000000000000000000000"]').toString('base64url')}`,
  ])('refuses the query %s', async (query) => {
    const { body } = await project.as().get(`/api/projects?${query}`);

    expect(body).toMatchObject({ status: 400 });
  });

  it('cuts a limit over 100 to 100, takes a far page, and bears odd words', async () => {
    await project.as().get('/api/projects?limit=100000').expect(200);
    expect((await project.as().get('/api/projects?page=1000000&limit=100').expect(200)).body.results).toEqual([]);
    for (const q of ['%00', '%F0%9F%91%8D', '$ne', '%22phrase%22', '-minus', '你好世界'])
      await project
        .as()
        .get(`/api/projects?q=${encodeURI(q)}&skills=${encodeURI(q)}`)
        .expect(200);
  });

  it('answers 304 to who has the same list already, and is one route with a slash at its end', async () => {
    const path = `/api/projects/?owner_id=${aUser().id}`;
    const { headers } = await project.as().get(path).expect(200);

    await project.as().get(path).set('if-none-match', headers['etag']!).expect(304);
  });

  it('refuses a bad token', async () => {
    await project.as().get('/api/projects').set('authorization', 'Bearer nonsense').expect(401);
  });
});
