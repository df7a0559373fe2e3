import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectStatus, projectStatusChanged, type ProjectStatus } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock, idsOf, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { block, causedBy, move, start, type ProjectService } from './a-project.ts';

const clock = fakeClock();
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

const changesOf = async (id: string) =>
  (await project.published(projectStatusChanged)).filter(({ subject }) => subject === id).map(({ data }) => data);

/** The way to a status from the beginning. */
const ways: Record<ProjectStatus, ProjectStatus[]> = {
  draft: [],
  open: ['open'],
  in_progress: ['open', 'in_progress'],
  completed: ['open', 'in_progress', 'completed'],
  cancelled: ['cancelled'],
};

async function startAt(owner: TestUser, status: ProjectStatus): Promise<string> {
  const id = await start(project, owner, { status: 'draft' });
  for (const step of ways[status]) await move(project, owner, id, step).expect(200);
  return id;
}

const allowed = new Set([
  'draft → open',
  'draft → cancelled',
  'open → in_progress',
  'open → cancelled',
  'in_progress → completed',
  'in_progress → cancelled',
]);
const moves = projectStatus.options.flatMap((from) => projectStatus.options.map((to) => [from, to] as const));

describe('the status of a project', () => {
  it.each(moves)('goes from %s to %s where the order allows it', async (from, to) => {
    const alice = aUser();
    const id = await startAt(alice, from);

    const { status, body } = await move(project, alice, id, to);

    const isAllowed = allowed.has(`${from} → ${to}`);
    expect([status, isAllowed ? body.status : body.code]).toEqual(isAllowed ? [200, to] : [409, 'wrong_move']);
    const { body: after } = await project.as(alice).get(`/api/projects/${id}`).expect(200);
    expect(after.status).toBe(isAllowed ? to : from);
    expect(await changesOf(id)).toHaveLength(ways[from].length + (isAllowed ? 1 : 0));
  });

  it('is told with the one before, and makes another version', async () => {
    const alice = aUser();
    const id = await start(project, alice, { status: 'draft', title: 'Garden', skills: ['a'] });
    const created_at = clock.now().toISOString();
    clock.advance(1_000);

    const { body, headers } = await move(project, alice, id, 'open').expect(200);

    expect(body).toMatchObject({ id, status: 'open', created_at, updated_at: clock.now().toISOString() });
    expect(headers['etag']).toMatch(/^"2-/);
    expect(await changesOf(id)).toEqual([
      {
        ...causedBy(alice),
        project_id: id,
        owner_id: alice.id,
        owner_username: alice.username,
        title: 'Garden',
        status: 'open',
        previous_status: 'draft',
        skills: ['a'],
        created_at,
        revision: 2,
      },
    ]);
  });

  it('has it listed where it belongs now', async () => {
    const alice = aUser();
    const id = await start(project, alice, { status: 'draft' });
    const listed = async (status: string) =>
      idsOf((await project.as().get(`/api/projects?owner_id=${alice.id}&status=${status}`).expect(200)).body);

    expect(await listed('open')).toEqual([]);
    await move(project, alice, id, 'open').expect(200);
    expect(await listed('open')).toEqual([id]);
    await move(project, alice, id, 'in_progress').expect(200);

    expect([await listed('open'), await listed('in_progress')]).toEqual([[], [id]]);
  });

  it('is for the owner to change', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);

    await move(project, undefined, id, 'cancelled').expect(401);
    for (const other of [bob, anAdmin()]) {
      const { body } = await move(project, other, id, 'cancelled').expect(403);
      expect(body).toMatchObject({ code: 'not_your_project' });
    }
    await block(project, bob, alice);
    await move(project, bob, id, 'cancelled').expect(404);
    await move(project, alice, anId(), 'cancelled').expect(404);
    await move(project, alice, 'x', 'cancelled').expect(400);
    expect(await changesOf(id)).toEqual([]);
  });

  it('is one that there is', async () => {
    const alice = aUser();
    const id = await start(project, alice);

    await move(project, alice, id, 'lost').expect(422);
    await project.as(alice).post(`/api/projects/${id}/status`).send({}).expect(400);
    await project.as(alice).post(`/api/projects/${id}/status`).send({ status: null }).expect(400);
    await project.as(alice).get(`/api/projects/${id}/status`).expect(405);
  });

  it('changes once where many ask at once', async () => {
    const alice = aUser();
    const id = await start(project, alice);

    const answers = await Promise.all(Array.from({ length: 6 }, () => move(project, alice, id, 'in_progress')));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(await changesOf(id)).toHaveLength(1);
  });

  it('changes once for an Idempotency-Key', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    const key = anId();

    const first = await move(project, alice, id, 'in_progress').set('idempotency-key', key).expect(200);
    const second = await move(project, alice, id, 'in_progress').set('idempotency-key', key).expect(200);

    expect(second.body).toEqual(first.body);
    expect(await changesOf(id)).toHaveLength(1);
  });
});
