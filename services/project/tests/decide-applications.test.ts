import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationStatusChanged, memberAdded } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, block, causedBy, decide, memberIds, move, start, unblock, type ProjectService } from './a-project.ts';

const clock = fakeClock('2026-03-01T12:00:00.000Z');
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

const about = (id: string) => (events: { data: Record<string, unknown> }[]) =>
  events.map(({ data }) => data).filter((data) => data['application_id'] === id || data['user_id'] === id);
const decisionsOf = async (applicationId: string) =>
  about(applicationId)(await project.published(applicationStatusChanged));

async function applied() {
  const [alice, bob] = [aUser(), aUser()];
  const projectId = await start(project, alice, { title: 'Garden' });
  const applicationId = await apply(project, bob, projectId);
  return { alice, bob, projectId, applicationId };
}

describe('deciding an application', () => {
  it('makes the applicant a member where it is accepted, and tells of both', async () => {
    const { alice, bob, projectId, applicationId } = await applied();
    const created_at = clock.now().toISOString();
    clock.advance(1_000);

    const { body } = await decide(project, alice, { projectId, applicationId, status: 'accepted' }).expect(200);

    const names = { owner_id: alice.id, owner_username: alice.username, applicant_username: bob.username };
    expect(body).toEqual({
      id: applicationId,
      project_id: projectId,
      project_title: 'Garden',
      applicant: { id: bob.id, username: bob.username },
      message: 'Take me',
      rate: null,
      status: 'accepted',
      created_at,
      updated_at: clock.now().toISOString(),
    });
    expect(await memberIds(project, projectId)).toEqual([alice.id, bob.id]);
    const { body: after } = await project.as().get(`/api/projects/${projectId}`).expect(200);
    expect(after).toMatchObject({ members_count: 2, applications_count: 1 });
    expect(await decisionsOf(applicationId)).toEqual([
      {
        ...causedBy(alice),
        ...names,
        application_id: applicationId,
        project_id: projectId,
        project_title: 'Garden',
        applicant_id: bob.id,
        status: 'accepted',
      },
    ]);
    expect(about(bob.id)(await project.published(memberAdded))).toEqual([
      {
        ...causedBy(alice),
        project_id: projectId,
        project_title: 'Garden',
        owner_id: alice.id,
        user_id: bob.id,
        username: bob.username,
        members_count: 2,
        members_revision: 2,
        role: 'member',
      },
    ]);
  });

  it.each([
    ['rejected', 'alice'],
    ['withdrawn', 'bob'],
  ] as const)('leaves the members as they are where it is %s', async (status, decider) => {
    const { projectId, applicationId, ...people } = await applied();

    const { body } = await decide(project, people[decider], { projectId, applicationId, status }).expect(200);

    expect(body).toMatchObject({ id: applicationId, status });
    expect(await memberIds(project, projectId)).toEqual([people.alice.id]);
    expect(await decisionsOf(applicationId)).toEqual([expect.objectContaining({ status, project_id: projectId })]);
    expect(about(people.bob.id)(await project.published(memberAdded))).toEqual([]);
  });

  it.each(['accepted', 'rejected', 'withdrawn'])('is for whose part it is: %s', async (status) => {
    const { alice, bob, projectId, applicationId } = await applied();
    const notMine = status === 'withdrawn' ? alice : bob;

    await decide(project, undefined, { projectId, applicationId, status }).expect(401);
    for (const other of [notMine, aUser(), anAdmin()]) {
      const { body } = await decide(project, other, { projectId, applicationId, status }).expect(403);
      expect(body).toMatchObject({ code: 'not_your_decision' });
    }
    expect(await decisionsOf(applicationId)).toEqual([]);
  });

  it.each(['accepted', 'rejected', 'withdrawn'])('happens once: what is %s stays so', async (first) => {
    const { alice, bob, projectId, applicationId } = await applied();
    await decide(project, first === 'withdrawn' ? bob : alice, { projectId, applicationId, status: first }).expect(200);

    for (const [user, status] of [
      [alice, 'accepted'],
      [alice, 'rejected'],
      [bob, 'withdrawn'],
    ] as const) {
      const { body } = await decide(project, user, { projectId, applicationId, status }).expect(409);
      expect(body).toMatchObject({ code: 'already_decided' });
    }
    await decide(project, bob, { projectId, applicationId, status: 'accepted' }).expect(403);
    expect(await decisionsOf(applicationId)).toHaveLength(1);
  });

  it('is of an application to that project', async () => {
    const { alice, projectId, applicationId } = await applied();
    const other = await start(project, alice);
    const status = 'accepted';

    const answers = [
      await decide(project, alice, { projectId: other, applicationId, status }),
      await decide(project, alice, { projectId, applicationId: anId(), status }),
      await decide(project, alice, { projectId: anId(), applicationId, status }),
      await decide(project, alice, { projectId: 'x', applicationId, status }),
      await decide(project, alice, { projectId, applicationId: 'x', status }),
    ];

    expect(answers.map(({ status: answered, body }) => [answered, body.code])).toEqual([
      [404, 'application_not_found'],
      [404, 'application_not_found'],
      [404, 'project_not_found'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
    ]);
  });

  it.each([
    [{}, 400],
    [{ status: null }, 400],
    [{ status: 1 }, 400],
    [{ status: 'pending' }, 422],
    [{ status: 'lost' }, 422],
  ])('refuses %j', async (sent, status) => {
    const { alice, projectId, applicationId } = await applied();

    await project.as(alice).put(`/api/projects/${projectId}/applications/${applicationId}`).send(sent).expect(status);
  });

  it('accepts while the work is going on, and no more when it is over; the rest is always possible', async () => {
    const { alice, bob, projectId, applicationId } = await applied();
    const [carol, dave] = [aUser(), aUser()];
    const late = await apply(project, carol, projectId);
    const refused = await apply(project, dave, projectId);
    await move(project, alice, projectId, 'in_progress').expect(200);
    await decide(project, alice, { projectId, applicationId, status: 'accepted' }).expect(200);
    await move(project, alice, projectId, 'cancelled').expect(200);

    const { body } = await decide(project, alice, { projectId, applicationId: late, status: 'accepted' }).expect(409);

    expect(body).toMatchObject({ code: 'project_not_open' });
    await decide(project, alice, { projectId, applicationId: refused, status: 'rejected' }).expect(200);
    await decide(project, carol, { projectId, applicationId: late, status: 'withdrawn' }).expect(200);
    expect(await memberIds(project, projectId)).toEqual([alice.id, bob.id]);
  });

  it.each(['the owner', 'the applicant'])('brings nobody together whom a block by %s keeps apart', async (by) => {
    const { alice, bob, projectId, applicationId } = await applied();
    const [blocker, blocked] = by === 'the owner' ? [alice, bob] : [bob, alice];
    await block(project, blocker, blocked);

    const { body } = await decide(project, alice, { projectId, applicationId, status: 'accepted' }).expect(403);

    expect(body).toMatchObject({ code: 'blocked' });
    await decide(project, bob, { projectId, applicationId, status: 'accepted' }).expect(403);
    await decide(project, bob, { projectId, applicationId, status: 'withdrawn' }).expect(200);
    await unblock(project, blocker, blocked);
    await decide(project, alice, { projectId, applicationId, status: 'accepted' }).expect(409);
  });

  it('may be a refusal in spite of a block, and is nothing that others who are blocked hear of', async () => {
    const { alice, bob, projectId, applicationId } = await applied();
    const carol = aUser();
    await block(project, alice, bob);
    await block(project, alice, carol);

    await decide(project, carol, { projectId, applicationId, status: 'accepted' }).expect(404);
    await decide(project, alice, { projectId, applicationId, status: 'rejected' }).expect(200);
  });
});
