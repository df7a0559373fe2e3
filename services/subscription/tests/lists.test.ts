import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdmin, anId, aUser, fakeClock, PUBLIC_URL, type TestUser } from '@commons/platform/testing';
import { buildSubscription, type SubscriptionUnderTest } from './subscription-service.ts';

const clock = fakeClock();
let running: SubscriptionUnderTest;
beforeAll(async () => {
  running = await buildSubscription({ clock });
});
afterAll(() => running.stop());

const read = (viewer: TestUser | undefined, path: string) => running.as(viewer).get(`/api/subscriptions/${path}`);
const shown = ({ id, username }: TestUser) => ({ id, username, nickname: null, avatar_url: null });

async function followedBy(of: TestUser, count: number): Promise<TestUser[]> {
  const followers = Array.from({ length: count }, () => running.given());
  for (const follower of followers) {
    await running.follow(follower, of).expect(201);
    clock.advance(1_000);
  }
  return followers;
}

describe('the list of whom a user follows', () => {
  it('shows each with name, nickname and picture, latest first', async () => {
    const ada = running.given();
    const [ben, cy] = [running.given(), running.given({ nickname: 'Cy', avatar_url: '/c.png' })];
    await running.follow(ada, ben).expect(201);
    const first = clock.now().toISOString();
    clock.advance(60_000);
    await running.follow(ada, cy).expect(201);
    await running.follow(running.given(), ada).expect(201);

    const { body } = await read(undefined, ada.id).expect(200);

    expect(body).toEqual({
      count: 2,
      next: null,
      previous: null,
      results: [
        {
          user: { id: cy.id, username: cy.username, nickname: 'Cy', avatar_url: `${PUBLIC_URL}/c.png` },
          status: 'accepted',
          created_at: clock.now().toISOString(),
        },
        { user: shown(ben), status: 'accepted', created_at: first },
      ],
    });
    expect((await read(undefined, `${ada.id}?direction=following`)).body).toEqual(body);
    expect((await read(undefined, `${ada.id.toUpperCase()}/`)).body).toEqual(body);
  });

  it('is the other way round with `followers`', async () => {
    const ada = running.given();
    const followers = await followedBy(ada, 2);

    const { body } = await read(aUser(), `${ada.id}?direction=followers`).expect(200);

    expect(body.results.map(({ user }: { user: unknown }) => user)).toEqual(followers.map(shown).toReversed());
    expect(body.count).toBe(2);
  });

  it('is empty for somebody who has just come', async () => {
    const { body } = await read(undefined, running.given().id).expect(200);

    expect(body).toEqual({ count: 0, next: null, previous: null, results: [] });
  });

  it('goes on page by page, and is empty past its end', async () => {
    const ada = running.given();
    const followers = await followedBy(ada, 5);
    const path = `${ada.id}?direction=followers&limit=2`;

    const pages = [await read(ada, path), await read(ada, `${path}&page=3`), await read(ada, `${path}&page=4`)];

    const base = `${PUBLIC_URL}/api/subscriptions/${path}`;
    expect(pages.map(({ body: { results: _, ...rest } }) => rest)).toEqual([
      { count: 5, next: `${base}&page=2`, previous: null },
      { count: 5, next: null, previous: `${base}&page=2` },
      { count: 5, next: null, previous: `${base}&page=3` },
    ]);
    expect(pages.map(({ body }) => body.results.map(({ user }: { user: TestUser }) => user.id))).toEqual([
      [followers[4]!.id, followers[3]!.id],
      [followers[0]!.id],
      [],
    ]);
  });

  it('is read to its end by cursor, also where entries are of one moment, and while others come', async () => {
    const ada = running.given();
    const followers = Array.from({ length: 5 }, () => running.given());
    for (const follower of followers) await running.follow(follower, ada).expect(201);

    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await read(ada, `${ada.id}?direction=followers&limit=2&cursor=${cursor}`).expect(200);
      seen.push(...body.results.map(({ user }: { user: TestUser }) => user.id));
      cursor = body.next_cursor as string | null;
      clock.advance(1_000);
      await running.follow(running.given(), ada).expect(201);
    }

    expect(seen).toEqual(followers.map(({ id }) => id).toReversed());
  });

  it('leaves out and does not count those who are hidden from its reader by a block', async () => {
    const ada = running.given();
    const [ben, cy, dan, eve] = (await followedBy(ada, 4)) as [TestUser, TestUser, TestUser, TestUser];
    await running.block(ben, cy).expect(201);
    await running.block(dan, ben).expect(201);
    const path = `${ada.id}?direction=followers`;

    const [ofBen, ofEve, ofAdmin] = [await read(ben, path), await read(eve, path), await read(anAdmin(), path)];
    const second = await read(ben, `${path}&limit=1&page=2`).expect(200);
    const start = await read(ben, `${path}&limit=1&cursor=`).expect(200);

    const ids = ({ body }: { body: { results: { user: TestUser }[] } }) => body.results.map(({ user }) => user.id);
    expect([ids(ofBen), ofBen.body.count]).toEqual([[eve.id, ben.id], 2]);
    expect([ids(ofEve), ofEve.body.count]).toEqual([[eve.id, dan.id, cy.id, ben.id], 4]);
    expect([ids(ofAdmin), ofAdmin.body.count]).toEqual([[eve.id, dan.id, cy.id, ben.id], 4]);
    expect([ids(second), second.body.next]).toEqual([[ben.id], null]);
    expect(ids(await read(ben, `${path}&limit=1&cursor=${start.body.next_cursor}`))).toEqual([ben.id]);
  });
});

describe('who may see the lists', () => {
  const directions = ['following', 'followers'] as const;

  it.each([
    ['public', { nobody: 200, other: 200, pending: 200, follower: 200, owner: 200, admin: 200 }],
    ['followers', { nobody: 403, other: 403, pending: 403, follower: 200, owner: 200, admin: 200 }],
    ['private', { nobody: 403, other: 403, pending: 403, follower: 403, owner: 200, admin: 200 }],
  ] as const)('is whoever may see a profile that is for %s', async (visibility, expected) => {
    const owner = running.given({ visibility });
    const [pending, follower] = [running.given(), running.given()];
    await running.follow(pending, owner);
    await running.follow(follower, owner);
    if (visibility !== 'public')
      await running.as(owner).post('/api/subscriptions/accept').send({ user_id: follower.id }).expect(200);
    const viewers = { nobody: undefined, other: aUser(), pending, follower, owner, admin: anAdmin() };

    for (const direction of directions) {
      const answers = await Promise.all(
        Object.entries(viewers).map(async ([name, viewer]) => {
          const { status, body } = await read(viewer, `${owner.id}?direction=${direction}`);
          if (status === 403) expect(body).toMatchObject({ code: 'profile_not_visible' });
          return [name, status] as const;
        }),
      );
      expect(Object.fromEntries(answers)).toEqual(expected);
    }
  });

  it('is nobody where there is no such user', async () => {
    for (const viewer of [undefined, aUser(), anAdmin()]) {
      const { body } = await read(viewer, anId()).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
  });

  it('ends with the subscription', async () => {
    const [owner, follower] = [running.given({ visibility: 'followers' }), running.given()];
    await running.follow(follower, owner).expect(201);
    await running.as(owner).post('/api/subscriptions/accept').send({ user_id: follower.id }).expect(200);
    await read(follower, owner.id).expect(200);

    await running.unfollow(follower, owner).expect(204);

    await read(follower, owner.id).expect(403);
  });

  it.each([
    ['x', 400],
    [`${anId()}?direction=sideways`, 400],
    [`${anId()}?direction=`, 400],
    [`${anId()}?page=0`, 400],
    [`${anId()}?limit=0`, 400],
    [`${anId()}?limit=many`, 400],
    [`${anId()}/followers`, 404],
  ])('is asked for properly: %s', async (path, status) => {
    await read(aUser(), path).expect(status);
  });

  it('is not asked for with a cursor of another making', async () => {
    const { id } = running.given();
    const made = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');

    for (const cursor of ['nonsense', made(['x']), made([1, 'x']), made([1e300, id]), made({ $ne: 1 })]) {
      const { body } = await read(undefined, `${id}?cursor=${cursor}`).expect(400);
      expect(body).toMatchObject({ code: 'invalid_cursor' });
    }
  });

  it('cuts a limit over 100, knows no other method, and refuses a bad token', async () => {
    const { id } = running.given();

    await read(undefined, `${id}?limit=5000`).expect(200);
    const { headers } = await running.as(aUser()).post(`/api/subscriptions/${id}`).send({}).expect(405);
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
    await running.as().get(`/api/subscriptions/${id}`).set('authorization', 'Bearer nonsense').expect(401);
  });
});

describe('requests that wait', () => {
  it('are listed for both: those that came in, and with `out` those that were sent', async () => {
    const owner = running.given({ visibility: 'private' });
    const [ada, ben] = [running.given(), running.given()];
    const created: string[] = [];
    const ids: string[] = [];
    for (const asking of [ada, ben]) {
      ids.push((await running.follow(asking, owner).expect(201)).body.id);
      created.push(clock.now().toISOString());
      clock.advance(1_000);
    }
    await running.follow(ada, running.given()).expect(201);

    const [came, sent] = [await read(owner, 'requests').expect(200), await read(ada, 'requests?direction=out')];

    const entry = (at: number, follower: TestUser, user: TestUser) => ({
      id: ids[at],
      follower_id: follower.id,
      following_id: owner.id,
      user: shown(user),
      status: 'pending',
      created_at: created[at],
    });
    expect(came.body).toEqual({
      count: 2,
      next: null,
      previous: null,
      results: [entry(1, ben, ben), entry(0, ada, ada)],
    });
    expect(sent.body).toEqual({ count: 1, next: null, previous: null, results: [entry(0, ada, owner)] });
    expect((await read(owner, 'requests?direction=in')).body).toEqual(came.body);
    expect((await read(owner, 'requests?direction=out')).body).toMatchObject({ count: 0, results: [] });
  });

  it('go on by page and by cursor', async () => {
    const owner = running.given({ visibility: 'private' });
    const followers = await followedBy(owner, 3);

    const second = await read(owner, 'requests?limit=2&page=2').expect(200);
    const start = await read(owner, 'requests?limit=2&cursor=').expect(200);
    const rest = await read(owner, `requests?limit=2&cursor=${start.body.next_cursor}`).expect(200);

    const ids = ({ body }: { body: { results: { user: TestUser }[] } }) => body.results.map(({ user }) => user.id);
    expect([ids(second), second.body.count]).toEqual([[followers[0]!.id], 3]);
    expect([ids(start), ids(rest), rest.body.next_cursor]).toEqual([
      [followers[2]!.id, followers[1]!.id],
      [followers[0]!.id],
      null,
    ]);
  });

  it("are one's own only", async () => {
    const owner = running.given({ visibility: 'private' });
    await followedBy(owner, 1);

    await read(undefined, 'requests').expect(401);
    for (const other of [running.given(), anAdmin()])
      expect((await read(other, 'requests').expect(200)).body).toMatchObject({ count: 0, results: [] });
    for (const query of ['direction=both', 'page=0', 'limit=-1', 'cursor=x'])
      await read(owner, `requests?${query}`).expect(400);
  });
});
