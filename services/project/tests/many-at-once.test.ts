import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  applicationStatusChanged,
  memberAdded,
  userDataErased,
  userDeleted,
  type EventDefinition,
} from '@commons/contracts';
import { aUser, buildService, until, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, decide, memberIds, move, start, type ProjectService } from './a-project.ts';

const ROUNDS = Array.from({ length: 20 }, (_, index) => index);

let project: ProjectService;
let otherReplica: ProjectService;
beforeAll(async () => {
  project = await buildService(service);
  otherReplica = await buildService(service, {
    environment: { DATABASE_PREFIX: project.ctx.config.DATABASE_PREFIX },
  });
});
afterAll(async () => {
  await otherReplica.stop();
  await project.stop();
});

/** Which replica a round, or a part of it, goes through: now the same, now another. */
const replica = (index: number) => (index % 2 === 0 ? project : otherReplica);

const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1);

async function told(event: EventDefinition, projectId: string): Promise<Record<string, unknown>[]> {
  const all = [...(await project.published(event)), ...(await otherReplica.published(event))];
  return all.map(({ data }) => data).filter((data) => data['project_id'] === projectId);
}

const membersCount = async (projectId: string) =>
  (await project.as().get(`/api/projects/${projectId}`).expect(200)).body.members_count as number;

async function acceptedOf(owner: TestUser, projectId: string): Promise<string[]> {
  const path = `/api/projects/${projectId}/applications?status=accepted&limit=100`;
  const { body } = await project.as(owner).get(path).expect(200);
  return body.results.map(({ applicant }: { applicant: { id: string } }) => applicant.id).toSorted();
}

/** Members are the owner and those who were accepted, nobody else, and so many are counted and told of. */
async function expectConsistent(owner: TestUser, projectId: string): Promise<void> {
  const accepted = await acceptedOf(owner, projectId);
  expect((await memberIds(project, projectId)).toSorted()).toEqual([owner.id, ...accepted].toSorted());
  expect(await membersCount(projectId)).toBe(accepted.length + 1);
  const added = (await told(memberAdded, projectId)).toSorted(
    (a, b) => (a['members_revision'] as number) - (b['members_revision'] as number),
  );
  expect(added.map((data) => [data['members_revision'], data['members_count']])).toEqual(
    upTo(accepted.length + 1).map((number) => [number, number]),
  );
  expect(added.map((data) => data['user_id'] as string).toSorted()).toEqual([owner.id, ...accepted].toSorted());
}

describe('accepting', () => {
  it.each(ROUNDS)('has one outcome where one withdraws while two are accepted (round %#)', async (round) => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const projectId = await start(project, alice);
    const [ofBob, ofCarol] = [await apply(project, bob, projectId), await apply(project, carol, projectId)];
    const accept = (applicationId: string, by: ProjectService) =>
      decide(by, alice, { projectId, applicationId, status: 'accepted' });

    const [bobAccepted, carolAccepted, carolWithdrawn] = await Promise.all([
      accept(ofBob, replica(round)),
      accept(ofCarol, replica(round >> 1)),
      decide(replica(round >> 2), carol, { projectId, applicationId: ofCarol, status: 'withdrawn' }),
    ]);

    expect(bobAccepted.status).toBe(200);
    expect([carolAccepted.status, carolWithdrawn.status].toSorted()).toEqual([200, 409]);
    const isMember = carolAccepted.status === 200;
    expect(await acceptedOf(alice, projectId)).toEqual((isMember ? [bob.id, carol.id] : [bob.id]).toSorted());
    await expectConsistent(alice, projectId);
    const decisions = await told(applicationStatusChanged, projectId);
    expect(decisions.map((data) => [data['application_id'], data['status']]).toSorted()).toEqual(
      [
        [ofBob, 'accepted'],
        [ofCarol, isMember ? 'accepted' : 'withdrawn'],
      ].toSorted(),
    );
  });

  it.each(ROUNDS)('comes before or after the end of a project, and nothing is in between (round %#)', async (round) => {
    const [alice, bob] = [aUser(), aUser()];
    const projectId = await start(project, alice);
    const applicationId = await apply(project, bob, projectId);

    const [accepted, cancelled] = await Promise.all([
      decide(replica(round), alice, { projectId, applicationId, status: 'accepted' }),
      move(replica(round >> 1), alice, projectId, 'cancelled'),
    ]);

    expect(cancelled.status).toBe(200);
    expect([200, 409]).toContain(accepted.status);
    expect(await acceptedOf(alice, projectId)).toEqual(accepted.status === 200 ? [bob.id] : []);
    await expectConsistent(alice, projectId);
  });

  it.each(ROUNDS)('leaves nothing of a project that is deleted at the same time (round %#)', async (round) => {
    const [alice, bob] = [aUser(), aUser()];
    const projectId = await start(project, alice);
    const applicationId = await apply(project, bob, projectId);

    const [accepted, deleted] = await Promise.all([
      decide(replica(round), alice, { projectId, applicationId, status: 'accepted' }),
      replica(round >> 1)
        .as(alice)
        .delete(`/api/projects/${projectId}`),
    ]);

    expect(deleted.status).toBe(204);
    expect([200, 404]).toContain(accepted.status);
    const { applications, members } = project.ctx;
    const of = { projectId, hidden: [] };
    await until(async () => (await members.count(of)) + (await applications.count(of)) === 0);
  });

  it.each(ROUNDS)('leaves no member whose account goes at the same time (round %#)', async (round) => {
    const [alice, bob] = [aUser(), aUser()];
    const projectId = await start(project, alice);
    const applicationId = await apply(project, bob, projectId);

    const [accepted] = await Promise.all([
      decide(replica(round), alice, { projectId, applicationId, status: 'accepted' }),
      project.deliver(userDeleted, { user_id: bob.id }),
    ]);

    expect([200, 404]).toContain(accepted.status);
    await until(async () => {
      const erased = [...(await project.published(userDataErased)), ...(await otherReplica.published(userDataErased))];
      return erased.some(({ subject }) => subject === bob.id);
    });
    expect(await project.ctx.members.count({ projectId, hidden: [] })).toBe(1);
    expect(await membersCount(projectId)).toBe(1);
  });

  it('counts exactly where 20 are accepted at once', async () => {
    const alice = aUser();
    const projectId = await start(project, alice);
    const applications = [];
    for (const applicant of upTo(20).map(() => aUser())) applications.push(await apply(project, applicant, projectId));

    const answers = await Promise.all(
      applications.map((applicationId, index) =>
        decide(replica(index), alice, { projectId, applicationId, status: 'accepted' }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await membersCount(projectId)).toBe(21);
    await expectConsistent(alice, projectId);
  });

  it('happens once where it is asked for many times at once', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const projectId = await start(project, alice);
    const applicationId = await apply(project, bob, projectId);

    const answers = await Promise.all(
      upTo(10).map((index) => decide(replica(index), alice, { projectId, applicationId, status: 'accepted' })),
    );

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...upTo(9).map(() => 409)]);
    await expectConsistent(alice, projectId);
  });
});

describe('applying', () => {
  const send = (by: ProjectService, applicant: TestUser, projectId: string) =>
    by.as(applicant).post(`/api/projects/${projectId}/applications`).send({ message: 'a' });
  const countOf = async (projectId: string) =>
    (await project.as().get(`/api/projects/${projectId}`).expect(200)).body.applications_count as number;

  it('is counted exactly where 30 apply at once', async () => {
    const projectId = await start(project, aUser());

    const answers = await Promise.all(upTo(30).map((index) => send(replica(index), aUser(), projectId)));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await countOf(projectId)).toBe(30);
  });

  it('has one user apply once who does so many times at once', async () => {
    const bob = aUser();
    const projectId = await start(project, aUser());

    const answers = await Promise.all(upTo(10).map((index) => send(replica(index), bob, projectId)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...upTo(9).map(() => 409)]);
    expect(answers.flatMap(({ status, body }) => (status === 409 ? [body.code] : []))).toEqual(
      upTo(9).map(() => 'already_applied'),
    );
    expect(await countOf(projectId)).toBe(1);
  });

  it('comes before or after the project is closed', async () => {
    const alice = aUser();
    const projectId = await start(project, alice);

    const [closed, ...answers] = await Promise.all([
      move(project, alice, projectId, 'in_progress'),
      ...upTo(10).map((index) => send(replica(index), aUser(), projectId)),
    ]);

    expect(closed.status).toBe(200);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await countOf(projectId)).toBe(answers.filter(({ status }) => status === 201).length);
  });
});
