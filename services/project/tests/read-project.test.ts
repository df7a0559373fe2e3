import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdmin, anId, aUser, buildService, idsOf } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, block, start, unblock, type ProjectService } from './a-project.ts';

let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service);
});
afterAll(() => project.stop());

describe('reading a project', () => {
  it('answers 304 to who has it already, until it changes', async () => {
    const id = await start(project, aUser());
    const path = `/api/projects/${id}`;
    const { headers } = await project.as().get(path).expect(200);

    await project.as(aUser()).get(`${path}/`).set('if-none-match', headers['etag']!).expect(304);
    await apply(project, aUser(), id);

    const { body } = await project.as().get(path).set('if-none-match', headers['etag']!).expect(200);
    expect(body.applications_count).toBe(1);
  });

  it('is refused where there is none', async () => {
    const { body } = await project.as().get(`/api/projects/${anId()}`).expect(404);

    expect(body).toMatchObject({ status: 404, code: 'project_not_found' });
    await project.as().get('/api/projects/x').expect(400);
    await project.as().get(`/api/projects/${anId()}`).set('authorization', 'Bearer x').expect(401);
    const { headers } = await project.as(aUser()).patch(`/api/projects/${anId()}`).send({}).expect(405);
    expect(headers['allow']).toBe('GET, PUT, DELETE, HEAD, OPTIONS');
  });
});

describe('a draft', () => {
  it('is there for its owner only', async () => {
    const alice = aUser();
    const id = await start(project, alice, { status: 'draft' });
    const path = `/api/projects/${id}`;
    const asked = { title: 'a', description: 'b', skills: [] };

    expect((await project.as(alice).get(path).expect(200)).body.status).toBe('draft');
    await project.as().get(path).expect(404);
    await project.as().get(`${path}/members`).expect(404);
    for (const other of [aUser(), anAdmin()]) {
      const answers = [
        await project.as(other).get(path),
        await project.as(other).get(`${path}/members`),
        await project.as(other).get(`${path}/applications`),
        await project.as(other).put(path).send(asked),
        await project.as(other).delete(path),
        await project.as(other).post(`${path}/status`).send({ status: 'open' }),
        await project.as(other).post(`${path}/applications`).send({ message: 'a' }),
        await project.as(other).put(`${path}/applications/${anId()}`).send({ status: 'accepted' }),
        await project.as(other).delete(`${path}/members/${alice.id}`),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [404, 'project_not_found']),
      );
    }
  });

  it('is left out of the lists of all others', async () => {
    const alice = aUser();
    const draft = await start(project, alice, { status: 'draft', skills: [alice.username], remote: true });
    const open = await start(project, alice, { skills: [alice.username], remote: true });
    const listFor = async (user: typeof alice | undefined, query: string) => {
      const { body } = await project.as(user).get(`/api/projects?${query}&ordering=created_at`).expect(200);
      expect(body.count).toBe(body.results.length);
      return idsOf(body);
    };

    for (const query of [`owner_id=${alice.id}`, `skills=${alice.username}`, `skills=${alice.username}&remote=true`]) {
      expect(await listFor(alice, query)).toEqual([draft, open]);
      for (const other of [undefined, aUser(), anAdmin()]) expect(await listFor(other, query)).toEqual([open]);
    }
    expect(await listFor(alice, 'status=draft')).toEqual([draft]);
    for (const other of [undefined, aUser(), anAdmin()]) {
      expect(await listFor(other, 'status=draft')).toEqual([]);
      expect(await listFor(other, `status=draft&owner_id=${alice.id}`)).toEqual([]);
    }
    const { body } = await project.as(alice).get('/api/projects?status=draft&cursor=').expect(200);
    expect(body).toMatchObject({ next_cursor: null, results: [{ id: draft }] });
    expect((await project.as().get('/api/projects?status=draft&cursor=').expect(200)).body.results).toEqual([]);
  });
});

describe('a block', () => {
  it.each(['by the owner', 'by the viewer'])('%s hides the project, until it is taken back', async (by) => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice, { skills: [alice.username] });
    const path = `/api/projects/${id}`;
    const [blocker, blocked] = by === 'by the owner' ? [alice, bob] : [bob, alice];
    const seenBy = async (user: typeof bob | undefined) => [
      (await project.as(user).get(path)).status,
      (await project.as(user).get(`${path}/members`)).status,
      ...idsOf((await project.as(user).get(`/api/projects?skills=${alice.username}`).expect(200)).body),
      ...idsOf((await project.as(user).get(`/api/projects?owner_id=${alice.id}&cursor=`).expect(200)).body),
    ];

    await block(project, blocker, blocked);

    expect(await seenBy(bob)).toEqual([404, 404]);
    expect(await seenBy(alice)).toEqual([200, 200, id, id]);
    expect(await seenBy(undefined)).toEqual([200, 200, id, id]);
    expect(await seenBy(anAdmin())).toEqual([200, 200, id, id]);
    const { body } = await project.as(bob).get(`/api/projects?owner_id=${alice.id}`).expect(200);
    expect(body).toMatchObject({ count: 0, results: [] });
    for (const answer of [
      await project.as(bob).put(path).send({ title: 'a', description: 'b', skills: [] }),
      await project.as(bob).delete(path),
      await project.as(bob).post(`${path}/status`).send({ status: 'cancelled' }),
      await project.as(bob).get(`${path}/applications`),
    ])
      expect(answer.status).toBe(404);

    await unblock(project, blocker, blocked);
    await block(project, blocker, blocked);

    expect(await seenBy(bob)).toEqual([200, 200, id, id]);
  });

  it('is taken over however often it is told, and its end may come first', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);

    await unblock(project, alice, bob, 2);
    await block(project, alice, bob, 1);
    await project.as(bob).get(`/api/projects/${id}`).expect(200);
    await block(project, alice, bob, 3);
    await block(project, alice, bob, 3);

    await project.as(bob).get(`/api/projects/${id}`).expect(404);
  });
});
