import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberRemoved } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock, PUBLIC_URL, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { block, causedBy, join, memberIds, move, start, type ProjectService } from './a-project.ts';

const clock = fakeClock();
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

const pathOf = (id: string) => `/api/projects/${id}/members`;
const remove = (user: TestUser | undefined, id: string, member: { id: string }) =>
  project.as(user).delete(`${pathOf(id)}/${member.id}`);
const removalsFrom = async (id: string) =>
  (await project.published(memberRemoved)).filter(({ subject }) => subject === id).map(({ data }) => data);

describe('the members of a project', () => {
  it('are listed for everybody, the owner first, by page and by cursor', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    const joined_at = [clock.now().toISOString()];
    for (const member of [bob, carol]) {
      clock.advance(1_000);
      await join(project, alice, member, id);
      joined_at.push(clock.now().toISOString());
    }
    const views = [alice, bob, carol].map(({ id: user_id, username }, index) => ({
      user_id,
      username,
      role: index === 0 ? 'owner' : 'member',
      joined_at: joined_at[index],
    }));

    const { body } = await project.as().get(pathOf(id)).expect(200);
    const second = await project
      .as(aUser())
      .get(`${pathOf(id)}?limit=2&page=2`)
      .expect(200);
    const first = await project
      .as()
      .get(`${pathOf(id)}?limit=2&cursor=`)
      .expect(200);
    const rest = await project
      .as()
      .get(`${pathOf(id)}?limit=2&cursor=${first.body.next_cursor}`)
      .expect(200);

    expect(body).toEqual({ count: 3, next: null, previous: null, results: views });
    expect(second.body).toEqual({
      count: 3,
      next: null,
      previous: `${PUBLIC_URL}${pathOf(id)}?limit=2&page=1`,
      results: views.slice(2),
    });
    expect([first.body.results, rest.body]).toEqual([
      views.slice(0, 2),
      { next_cursor: null, results: views.slice(2) },
    ]);
  });

  it('do not see those of whom a block keeps them apart', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    await join(project, alice, bob, id);
    await join(project, alice, carol, id);
    await block(project, bob, carol);
    const seenBy = async (user: TestUser | undefined) => {
      const { body } = await project.as(user).get(pathOf(id)).expect(200);
      return [body.count, body.results.map(({ user_id }: { user_id: string }) => user_id)];
    };

    expect(await seenBy(carol)).toEqual([2, [alice.id, carol.id]]);
    expect(await seenBy(bob)).toEqual([2, [alice.id, bob.id]]);
    expect(await seenBy(undefined)).toEqual([3, [alice.id, bob.id, carol.id]]);
  });

  it.each(['page=0', 'limit=x', 'cursor=nonsense', 'cursor=WyJ4Il0'])('refuse the query %s', async (query) => {
    const id = await start(project, aUser());

    await project
      .as()
      .get(`${pathOf(id)}?${query}`)
      .expect(400);
  });

  it('are of a project that there is', async () => {
    await project.as().get(pathOf(anId())).expect(404);
    await project.as().get(pathOf('x')).expect(400);
    const { headers } = await project.as(aUser()).post(pathOf(anId())).send({}).expect(405);
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
  });
});

describe('removing a member', () => {
  it.each(['the owner', 'the member'])('may be done by %s, and is told with the new count', async (by) => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice, { title: 'Garden' });
    await join(project, alice, bob, id);
    await join(project, alice, carol, id);
    const remover = by === 'the owner' ? alice : bob;

    const { body } = await remove(remover, id, bob).expect(204);

    expect(body).toEqual({});
    expect(await memberIds(project, id)).toEqual([alice.id, carol.id]);
    expect((await project.as().get(`/api/projects/${id}`).expect(200)).body.members_count).toBe(2);
    expect(await removalsFrom(id)).toEqual([
      {
        ...causedBy(remover),
        project_id: id,
        project_title: 'Garden',
        owner_id: alice.id,
        user_id: bob.id,
        username: bob.username,
        members_count: 2,
        members_revision: 4,
      },
    ]);
    await remove(remover, id, bob).expect(404);
  });

  it('is for nobody else', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    await join(project, alice, bob, id);
    await join(project, alice, carol, id);

    await remove(undefined, id, bob).expect(401);
    for (const other of [carol, aUser(), anAdmin()]) {
      const { body } = await remove(other, id, bob).expect(403);
      expect(body).toMatchObject({ code: 'not_your_member' });
      await remove(other, id, alice).expect(403);
    }
    await remove(alice, id, aUser()).expect(404);
    await remove(alice, anId(), bob).expect(404);
    await remove(alice, id, { id: 'x' }).expect(400);
    expect(await removalsFrom(id)).toEqual([]);
  });

  it('is never of the owner', async () => {
    const alice = aUser();
    const id = await start(project, alice);

    const { body } = await remove(alice, id, alice).expect(409);

    expect(body).toMatchObject({ code: 'owner_stays' });
    expect(await memberIds(project, id)).toEqual([alice.id]);
  });

  it('is possible in spite of a block, and when the work is over', async () => {
    const [alice, bob, carol, dave] = [aUser(), aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    for (const member of [bob, carol]) await join(project, alice, member, id);
    for (const blocked of [bob, carol, dave]) await block(project, alice, blocked);
    await move(project, alice, id, 'cancelled').expect(200);

    await remove(dave, id, carol).expect(404);
    await remove(bob, id, carol).expect(404);
    await remove(bob, id, bob).expect(204);
    await remove(alice, id, carol).expect(204);

    expect(await memberIds(project, id)).toEqual([alice.id]);
  });

  it('happens once, however many ask at once', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    await join(project, alice, bob, id);

    const answers = await Promise.all([alice, bob, alice, bob, alice, bob].map((remover) => remove(remover, id, bob)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404, 404]);
    expect(await removalsFrom(id)).toHaveLength(1);
  });
});
