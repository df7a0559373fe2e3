import { describe, expect, it } from '@jest/globals';
import type { Account } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { onePlatform } from './support/one-platform.ts';
import { openSocket } from './support/socket.ts';

const { api, url } = onePlatform();

const get = (path: string, as?: Account) => api.send('GET', path, { as });
const post = (path: string, as: Account, body: object = {}) => api.send('POST', path, { as, body });
const apply = (applicant: Account, projectId: string) =>
  post(`/api/projects/${projectId}/applications`, applicant, { message: 'I bring my own tools.' });
const decide = (as: Account, projectId: string, applicationId: string, status: string) =>
  api.send('PUT', `/api/projects/${projectId}/applications/${applicationId}`, { as, body: { status } });

const aProject = async (owner: Account, fields: object = {}): Promise<string> => {
  const body = { title: 'A tool library', description: 'Who helps?', skills: ['carpentry'], ...fields };
  const reply = await post('/api/projects', owner, body);
  expect(reply.status).toBe(201);
  return reply.body.id as string;
};

const listed = async (owner: Account, as?: Account): Promise<string[]> =>
  (await get(`/api/projects?owner_id=${owner.id}`, as)).body.results.map(({ id }: { id: string }) => id) as string[];
const told = async (account: Account): Promise<{ type: string; message: string; data: object }[]> =>
  (await get('/api/notifications', account)).body as { type: string; message: string; data: object }[];

describe('a project', () => {
  it('as a draft is its owner’s alone, and everybody’s once it is published', async () => {
    const [owner, bob] = await Promise.all([api.register(), api.register()]);
    const project = await aProject(owner, { status: 'draft' });
    const hidden = [
      await get(`/api/projects/${project}`, bob),
      await get(`/api/projects/${project}`),
      await get(`/api/projects/${project}/members`, bob),
      await apply(bob, project),
    ];
    expect(hidden.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect([await listed(owner, bob), await listed(owner), await listed(owner, owner)]).toEqual([[], [], [project]]);

    const { status, body } = await post(`/api/projects/${project}/status`, owner, { status: 'open' });

    expect([status, body.status]).toEqual([200, 'open']);
    expect((await get(`/api/projects/${project}`)).body).toMatchObject({
      ...{ id: project, title: 'A tool library', status: 'open', skills: ['carpentry'] },
      ...{ owner: { id: owner.id, username: owner.username }, applications_count: 0, members_count: 1 },
    });
    expect([await listed(owner, bob), await listed(owner)]).toEqual([[project], [project]]);
    expect((await get('/api/projects?skills=carpentry&q=library', bob)).body.results).toContainEqual(
      expect.objectContaining({ id: project }),
    );
  });

  it('takes an application from the click to the member: told to the owner live, decided, told to the applicant', async () => {
    const [owner, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const project = await aProject(owner);
    const socket = await openSocket(url(), owner.token);

    const applied = await apply(bob, project);

    expect([applied.status, applied.body]).toEqual([
      201,
      expect.objectContaining({
        project_id: project,
        applicant: { id: bob.id, username: bob.username },
        status: 'pending',
      }),
    ]);
    const pushed = await socket.frame(({ type }) => type === 'notification.created');
    expect(pushed.data).toEqual({
      id: expect.any(String),
      type: 'APPLICATION',
      message: `${bob.username} applied to your project`,
      data: { project_id: project, actor_id: bob.id },
      read: false,
      created_at: expect.any(String),
    });
    expect(await told(owner)).toEqual([pushed.data]);
    socket.close();
    const application = applied.body.id as string;
    expect((await apply(bob, project)).status).toBe(409);
    expect((await apply(owner, project)).status).toBe(409);
    expect((await get(`/api/projects/${project}/applications`, bob)).status).toBe(403);
    expect((await decide(carol, project, application, 'accepted')).status).toBe(403);

    const accepted = await decide(owner, project, application, 'accepted');

    expect([accepted.status, accepted.body.status]).toEqual([200, 'accepted']);
    const { body: members } = await get(`/api/projects/${project}/members`);
    expect(members.results.map((member: { user_id: string; role: string }) => [member.user_id, member.role])).toEqual([
      [owner.id, 'owner'],
      [bob.id, 'member'],
    ]);
    expect((await get(`/api/projects/${project}`)).body).toMatchObject({ applications_count: 1, members_count: 2 });
    expect((await get('/api/projects/applications/mine', bob)).body.results).toEqual([
      expect.objectContaining({ id: application, status: 'accepted' }),
    ]);
    const answer = await eventually(
      () => told(bob),
      ({ length }) => length === 1,
    );
    expect(answer).toEqual([
      expect.objectContaining({
        type: 'APPLICATION_STATUS',
        message: `${owner.username} accepted your application`,
        data: { project_id: project, actor_id: owner.id },
      }),
    ]);
    expect((await decide(owner, project, application, 'rejected')).status).toBe(409);
  });

  it('tells its owner who withdrew, and an applicant who was rejected, and takes that along when it goes', async () => {
    const [owner, bob, carol] = await Promise.all([api.register(), api.register(), api.register()]);
    const project = await aProject(owner);
    const [bobs, carols] = [await apply(bob, project), await apply(carol, project)];

    expect((await decide(bob, project, bobs.body.id as string, 'withdrawn')).status).toBe(200);
    expect((await decide(owner, project, carols.body.id as string, 'rejected')).status).toBe(200);

    const messages = async (account: Account) => (await told(account)).map(({ message }) => message).toSorted();
    await eventually(
      () => messages(owner),
      ({ length }) => length === 3,
    );
    expect(await messages(owner)).toEqual(
      [
        `${bob.username} applied to your project`,
        `${bob.username} withdrew their application`,
        `${carol.username} applied to your project`,
      ].toSorted(),
    );
    await eventually(
      () => messages(carol),
      ({ length }) => length === 1,
    );
    expect(await messages(carol)).toEqual([`${owner.username} rejected your application`]);
    expect(await messages(bob)).toEqual([]);

    expect((await api.send('DELETE', `/api/projects/${project}`, { as: owner })).status).toBe(204);

    expect((await get(`/api/projects/${project}`, owner)).status).toBe(404);
    await eventually(
      async () => [...(await messages(owner)), ...(await messages(carol))],
      ({ length }) => length === 0,
    );
  });

  it('of somebody who blocks is hidden, and takes no application', async () => {
    const [owner, bob] = await Promise.all([api.register(), api.register()]);
    const project = await aProject(owner);

    expect((await post('/api/subscriptions/blocks', owner, { user_id: bob.id })).status).toBe(201);

    await eventually(
      () => get(`/api/projects/${project}`, bob),
      ({ status }) => status === 404,
    );
    expect(await listed(owner, bob)).toEqual([]);
    const refused = await apply(bob, project);
    expect([refused.status, refused.body.code]).toEqual([403, 'blocked']);
    expect((await get(`/api/projects/${project}`)).status).toBe(200);
    expect(await told(owner)).toEqual([]);
  });
});
