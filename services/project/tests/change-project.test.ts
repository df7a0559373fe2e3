import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectUpdated } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock, idsOf } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, aProject, block, causedBy, start, type ProjectService } from './a-project.ts';

const clock = fakeClock('2026-03-01T12:00:00.000Z');
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

const updatesOf = async (id: string) =>
  (await project.published(projectUpdated)).filter(({ subject }) => subject === id).map(({ data }) => data);

describe('writing a project anew', () => {
  it('clears what is left out, keeps its status, and tells of it', async () => {
    const alice = aUser();
    const full = {
      skills: ['a'],
      budget: { amount: 1, currency: 'EUR' },
      deadline: '2026-05-01T00:00:00Z',
      remote: true,
    };
    const id = await start(project, alice, { ...full, status: 'draft' });
    const created_at = clock.now().toISOString();
    clock.advance(1_000);

    const { body, headers } = await project
      .as(alice)
      .put(`/api/projects/${id}`)
      .send({ title: 'New', description: 'Text', skills: ['b'], status: 'open' })
      .expect(200);

    const expected = {
      id,
      title: 'New',
      description: 'Text',
      skills: ['b'],
      budget: null,
      deadline: null,
      remote: false,
      status: 'draft',
      owner: { id: alice.id, username: alice.username },
      applications_count: 0,
      members_count: 1,
      created_at,
      updated_at: clock.now().toISOString(),
    };
    expect(body).toEqual(expected);
    expect(headers['etag']).toMatch(/^"2-/);
    expect((await project.as(alice).get(`/api/projects/${id}`).expect(200)).body).toEqual(expected);
    expect(await updatesOf(id)).toEqual([
      {
        ...causedBy(alice),
        project_id: id,
        owner_id: alice.id,
        owner_username: alice.username,
        title: 'New',
        status: 'draft',
        skills: ['b'],
        created_at,
        revision: 2,
      },
    ]);
  });

  it('has it found by what it says now', async () => {
    const alice = aUser();
    const [old, fresh] = [`old${alice.username}`, `new${alice.username}`];
    const id = await start(project, alice, { title: old, skills: [old] });

    await project
      .as(alice)
      .put(`/api/projects/${id}`)
      .send(aProject({ title: fresh, skills: [fresh] }))
      .expect(200);

    for (const filter of ['q', 'skills']) {
      const find = async (word: string) =>
        idsOf((await project.as().get(`/api/projects?${filter}=${word}`).expect(200)).body);
      expect([await find(old), await find(fresh)]).toEqual([[], [id]]);
    }
  });

  it('keeps a deadline that has passed, and sets none in the past', async () => {
    const alice = aUser();
    const deadline = new Date(clock.now().getTime() + 1_000).toISOString();
    const id = await start(project, alice, { deadline });
    clock.advance(2_000);
    const send = (changed: string) =>
      project
        .as(alice)
        .put(`/api/projects/${id}`)
        .send(aProject({ deadline: changed }));

    expect((await send(deadline).expect(200)).body.deadline).toBe(deadline);
    const { body } = await send(clock.now().toISOString()).expect(422);

    expect(body).toMatchObject({ code: 'rule_broken', errors: [{ path: 'deadline' }] });
  });

  it('is for the owner', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    const bob = aUser();
    const path = `/api/projects/${id}`;

    await project.as().put(path).send(aProject()).expect(401);
    for (const other of [bob, anAdmin()]) {
      const { body } = await project.as(other).put(path).send(aProject()).expect(403);
      expect(body).toMatchObject({ code: 'not_your_project' });
    }
    await block(project, alice, bob);
    await project.as(bob).put(path).send(aProject()).expect(404);
    await project.as(alice).put(`/api/projects/${anId()}`).send(aProject()).expect(404);
    await project.as(alice).put('/api/projects/x').send(aProject()).expect(400);
    expect(await updatesOf(id)).toEqual([]);
  });

  it('is refused to who has another version in hand; an application in between does not matter', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    const path = `/api/projects/${id}`;
    const ifMatch = (await project.as(alice).get(path).expect(200)).headers['etag']!;
    await apply(project, aUser(), id);
    const put = (tag: string) => project.as(alice).put(path).set('if-match', tag).send(aProject());

    await put(ifMatch).expect(200);
    const { body } = await put(ifMatch).expect(412);

    expect(body).toMatchObject({ code: 'precondition_failed' });
    await project.as(alice).delete(path).set('if-match', ifMatch).expect(412);
    await project.as(alice).post(`${path}/status`).set('if-match', ifMatch).send({ status: 'cancelled' }).expect(412);
    await project.as(aUser()).put(path).set('if-match', ifMatch).send(aProject()).expect(403);
    await put('*').expect(200);
    await put('nonsense').expect(412);
  });

  it('lets only one of many with the same version in hand through', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    const path = `/api/projects/${id}`;
    const ifMatch = (await project.as(alice).get(path).expect(200)).headers['etag']!;

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => project.as(alice).put(path).set('if-match', ifMatch).send(aProject())),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    expect(await updatesOf(id)).toHaveLength(1);
  });

  it.each([
    ['no title', { title: undefined }, 400],
    ['null for a description', { description: null }, 400],
    ['no skills', { skills: undefined }, 400],
    ['a text for a budget', { budget: '5 EUR' }, 400],
    ['an empty title', { title: '' }, 422],
    ['a description that is too long', { description: 'x'.repeat(10_001) }, 422],
    ['a currency that there is not', { budget: { amount: 1, currency: 'XYZ' } }, 422],
  ])('refuses %s', async (_, change, status) => {
    const alice = aUser();
    const id = await start(project, alice);

    await project.as(alice).put(`/api/projects/${id}`).send(aProject(change)).expect(status);

    expect(await updatesOf(id)).toEqual([]);
  });
});
