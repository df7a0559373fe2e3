import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  applicationStatusChanged,
  memberRemoved,
  projectDeleted,
  projectUpdated,
  userDataErased,
  userDeleted,
  userProfileUpdated,
} from '@commons/contracts';
import { anId, aUser, buildService, idsOf, until, type TestUser } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, aProject, join, memberIds, start, type ProjectService } from './a-project.ts';

let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service);
});
afterAll(() => project.stop());

const erased = async (userId: string) =>
  (await project.published(userDataErased)).filter(({ subject }) => subject === userId).map(({ data }) => data);
const isErased = (userId: string) => until(async () => (await erased(userId)).length > 0);
const rename = (user: TestUser, username: string, username_revision: number, times = 1) =>
  project.deliver(userProfileUpdated, { user_id: user.id, username, username_revision }, { times });

async function namesOn(owner: TestUser, id: string): Promise<string[]> {
  const read = async (path: string) => (await project.as(owner).get(`/api/projects${path}`).expect(200)).body;
  const [itself, list, members, applications] = [
    await read(`/${id}`),
    await read(`?owner_id=${owner.id}`),
    await read(`/${id}/members`),
    await read(`/${id}/applications`),
  ];
  return [
    itself.owner.username,
    ...list.results.map((listed: { owner: { username: string } }) => listed.owner.username),
    ...members.results.map(({ username }: { username: string }) => username),
    ...applications.results.map(({ applicant }: { applicant: { username: string } }) => applicant.username),
  ];
}

describe('the names of people', () => {
  it('are the newest, everywhere, in whatever order and however often they are told', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    await join(project, alice, bob, id);

    await rename(alice, 'newest', 3, 3);
    await rename(alice, 'older', 2, 2);
    await rename(bob, '$bob', 2);
    await project.deliver(userProfileUpdated, { user_id: alice.id, nickname: 'Ally', revision: 7 });

    expect(await namesOn(alice, id)).toEqual(['newest', 'newest', 'newest', '$bob', '$bob']);
  });

  it('are those that were announced, where a token still says another', async () => {
    const [alice, bob] = [aUser(), aUser()];
    await rename(alice, '$alice', 2);
    await rename(bob, 'robert', 2);

    const id = await start(project, alice);
    await join(project, alice, bob, id);
    await project.as(alice).put(`/api/projects/${id}`).send(aProject()).expect(200);

    expect(await namesOn(alice, id)).toEqual(['$alice', '$alice', '$alice', 'robert', 'robert']);
    const updates = (await project.published(projectUpdated)).filter(({ subject }) => subject === id);
    expect(updates.map(({ data }) => data['owner_username'])).toEqual(['$alice']);
  });
});

describe('a user who is deleted', () => {
  it('takes their projects along, each told once', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const [open, draft] = [await start(project, alice), await start(project, alice, { status: 'draft' })];
    const kept = await start(project, bob);
    await join(project, alice, bob, open);

    await project.deliver(userDeleted, { user_id: alice.id }, { times: 3 });

    await isErased(alice.id);
    expect(await erased(alice.id)).toEqual([expect.objectContaining({ user_id: alice.id, service: 'project' })]);
    const deletions = (await project.published(projectDeleted)).filter(({ data }) => data['owner_id'] === alice.id);
    expect(deletions.map(({ subject }) => subject).toSorted()).toEqual([open, draft].toSorted());
    for (const id of [open, draft]) await project.as(bob).get(`/api/projects/${id}`).expect(404);
    expect((await project.as(bob).get(`/api/projects?owner_id=${alice.id}`).expect(200)).body.count).toBe(0);
    const mine = '/api/projects/applications/mine';
    await until(async () => (await project.as(bob).get(mine).expect(200)).body.count === 0);
    await project.as(bob).get(`/api/projects/${kept}`).expect(200);
    expect(await project.ctx.people.usernames([alice.id])).toEqual(new Map());
  });

  it('takes their applications and memberships along, counted exactly, without a name in what is told', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const [joined, applied] = [await start(project, alice, { title: 'Garden' }), await start(project, alice)];
    await join(project, alice, bob, joined);
    const other = await apply(project, aUser(), joined);
    await apply(project, bob, applied);

    await project.deliver(userDeleted, { user_id: bob.id }, { times: 3 });

    await isErased(bob.id);
    expect(await memberIds(project, joined)).toEqual([alice.id]);
    const counts = async (id: string) => {
      const { body } = await project.as().get(`/api/projects/${id}`).expect(200);
      return [body.applications_count, body.members_count];
    };
    expect([await counts(joined), await counts(applied)]).toEqual([
      [1, 1],
      [0, 1],
    ]);
    const { body } = await project.as(alice).get(`/api/projects/${joined}/applications`).expect(200);
    expect([body.count, idsOf(body)]).toEqual([1, [other]]);
    const removals = (await project.published(memberRemoved)).filter(({ data }) => data['user_id'] === bob.id);
    expect(removals.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        project_id: joined,
        project_title: 'Garden',
        owner_id: alice.id,
        username: '',
        members_count: 1,
        members_revision: 3,
      }),
    ]);
    const decided = (await project.published(applicationStatusChanged)).filter(
      ({ data }) => data['applicant_id'] === bob.id,
    );
    expect(decided.map(({ data }) => data['status'])).toEqual(['accepted']);
  });

  it('may have more than one step can remove', async () => {
    const [alice, bob] = [aUser(), aUser()];
    await start(project, bob, { title: bob.username });
    const id = await start(project, alice, { title: alice.username });
    await apply(project, bob, id);
    const projects = project.ctx.db.collection('projects');
    const applications = project.ctx.db.collection('applications');
    const copiesOf = async (owner: TestUser) => {
      const { _id, ...template } = (await projects.findOne({ title: owner.username }))!;
      expect(_id).toBeDefined();
      const { insertedIds } = await projects.insertMany(Array.from({ length: 120 }, () => ({ ...template })));
      return Object.values(insertedIds);
    };
    await copiesOf(bob);
    const others = await copiesOf(alice);
    const { _id, project_id, ...template } = (await applications.findOne({}, { sort: { _id: -1 } }))!;
    expect([String(project_id), _id]).toEqual([id, expect.anything()]);
    await applications.insertMany(others.map((other) => ({ ...template, project_id: other })));

    await project.deliver(userDeleted, { user_id: bob.id });

    await isErased(bob.id);
    expect((await project.as().get(`/api/projects?owner_id=${bob.id}`).expect(200)).body.count).toBe(0);
    expect(await project.ctx.applications.count({ applicantId: bob.id, hidden: [] })).toBe(0);
    const left = await project.ctx.projects.findAll(others.map(String));
    expect(left.map(({ applicationsCount }) => applicationsCount)).toEqual(others.map(() => 0));
    const deletions = (await project.published(projectDeleted)).filter(({ data }) => data['owner_id'] === bob.id);
    expect(new Set(deletions.map(({ subject }) => subject)).size).toBe(121);
  });

  it('starts nothing and applies for nothing any more, and gets no name back', async () => {
    const alice = aUser();
    const id = await start(project, aUser());
    await project.deliver(userDeleted, { user_id: alice.id });
    await rename(alice, 'back', 9);

    const started = await project.as(alice).post('/api/projects').send(aProject()).expect(401);
    const applied = await project.as(alice).post(`/api/projects/${id}/applications`).send({ message: 'a' }).expect(401);

    expect([started.body.code, applied.body.code]).toEqual(['token_revoked', 'token_revoked']);
    expect(await project.ctx.people.usernames([alice.id])).toEqual(new Map());
  });

  it('leaves nothing behind that was started or applied for at the same time', async () => {
    const alice = aUser();
    const ids = [];
    for (let count = 0; count < 8; count++) ids.push(await start(project, aUser()));

    const [, ...answers] = await Promise.all([
      project.deliver(userDeleted, { user_id: alice.id }),
      ...ids.map(() => project.as(alice).post('/api/projects').send(aProject())),
      ...ids.map((id) => project.as(alice).post(`/api/projects/${id}/applications`).send({ message: 'a' })),
    ]);

    expect(answers.every(({ status }) => status === 201 || status === 401)).toBe(true);
    await isErased(alice.id);
    expect((await project.as(alice).get(`/api/projects?owner_id=${alice.id}`).expect(200)).body.count).toBe(0);
    expect(await project.ctx.applications.count({ applicantId: alice.id, hidden: [] })).toBe(0);
    const others = await project.ctx.projects.findAll(ids);
    expect(others.map(({ applicationsCount }) => applicationsCount)).toEqual(ids.map(() => 0));
  });

  it('may be somebody who never had to do with projects', async () => {
    const id = anId();

    await project.deliver(userDeleted, { user_id: id }, { times: 2 });

    await isErased(id);
    expect(await erased(id)).toHaveLength(1);
  });
});
