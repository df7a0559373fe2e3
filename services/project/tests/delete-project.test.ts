import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberRemoved, projectDeleted } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, block, causedBy, decide, join, start, type ProjectService } from './a-project.ts';

let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service);
});
afterAll(() => project.stop());

const deletionsOf = async (id: string) =>
  (await project.published(projectDeleted)).filter(({ subject }) => subject === id).map(({ data }) => data);

/** How much is kept of a project beside itself. */
async function remainsOf(id: string): Promise<number> {
  const { applications, members } = project.ctx;
  const of = { projectId: id, hidden: [] };
  return (await applications.count(of)) + (await members.count(of));
}

describe('deleting a project', () => {
  it('takes its applications and members along, and is told once', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    await join(project, alice, bob, id);
    const pending = await apply(project, carol, id);
    expect(await remainsOf(id)).toBe(4);

    const { body } = await project.as(alice).delete(`/api/projects/${id}`).expect(204);

    expect(body).toEqual({});
    await project.as(alice).get(`/api/projects/${id}`).expect(404);
    await project.as(alice).delete(`/api/projects/${id}`).expect(404);
    await project.as().get(`/api/projects/${id}/members`).expect(404);
    await project.as(alice).get(`/api/projects/${id}/applications`).expect(404);
    await project.as(aUser()).post(`/api/projects/${id}/applications`).send({ message: 'a' }).expect(404);
    await decide(project, alice, { projectId: id, applicationId: pending, status: 'accepted' }).expect(404);
    await decide(project, carol, { projectId: id, applicationId: pending, status: 'withdrawn' }).expect(404);
    await project.as(bob).delete(`/api/projects/${id}/members/${bob.id}`).expect(404);
    expect((await project.as(carol).get('/api/projects/applications/mine').expect(200)).body.results).toEqual([]);
    await until(async () => (await remainsOf(id)) === 0);
    expect((await project.as(carol).get('/api/projects/applications/mine').expect(200)).body.count).toBe(0);
    expect(await deletionsOf(id)).toEqual([{ ...causedBy(alice), project_id: id, owner_id: alice.id }]);
    const removals = (await project.published(memberRemoved)).filter(({ subject }) => subject === id);
    expect(removals).toEqual([]);
  });

  it('may have more applications than one step removes', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    await apply(project, aUser(), id);
    const applications = project.ctx.db.collection('applications');
    const { _id, applicant_id, ...template } = (await applications.findOne(
      { message: 'Take me' },
      { sort: { _id: -1 } },
    ))!;
    const ObjectId = _id.constructor as new () => typeof _id;
    await applications.insertMany(Array.from({ length: 1_200 }, () => ({ ...template, applicant_id: new ObjectId() })));
    expect(await remainsOf(id)).toBe(1_202);

    await project.as(alice).delete(`/api/projects/${id}`).expect(204);

    await until(async () => (await remainsOf(id)) === 0);
    expect(applicant_id).toBeDefined();
  });

  it('is for the owner', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    const path = `/api/projects/${id}`;

    await project.as().delete(path).expect(401);
    for (const other of [bob, anAdmin()]) {
      const { body } = await project.as(other).delete(path).expect(403);
      expect(body).toMatchObject({ code: 'not_your_project' });
    }
    await block(project, alice, bob);
    await project.as(bob).delete(path).expect(404);
    await project.as(alice).delete(`/api/projects/${anId()}`).expect(404);
    await project.as(alice).delete('/api/projects/x').expect(400);
    expect(await deletionsOf(id)).toEqual([]);
  });

  it('happens once, however many ask at once', async () => {
    const alice = aUser();
    const id = await start(project, alice);

    const answers = await Promise.all(Array.from({ length: 6 }, () => project.as(alice).delete(`/api/projects/${id}`)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404, 404]);
    expect(await deletionsOf(id)).toHaveLength(1);
  });
});
