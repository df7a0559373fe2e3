import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationSubmitted } from '@commons/contracts';
import { anAdmin, anId, aUser, buildService, fakeClock, idsOf, PUBLIC_URL } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, block, causedBy, decide, join, move, start, unblock, type ProjectService } from './a-project.ts';

const clock = fakeClock();
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

const MINE = '/api/projects/applications/mine';
const pathOf = (id: string) => `/api/projects/${id}/applications`;
const submittedTo = async (id: string) =>
  (await project.published(applicationSubmitted)).map(({ data }) => data).filter((data) => data['project_id'] === id);
const countOf = async (id: string) =>
  (await project.as().get(`/api/projects/${id}`).expect(200)).body.applications_count as number;

describe('applying for a project', () => {
  it('answers with the application, counts it, and tells of it', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice, { title: 'Garden' });

    const { body, headers } = await project
      .as(bob)
      .post(pathOf(id))
      .send({ message: ' I dig. ', rate: 12.5 })
      .expect(201);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      project_id: id,
      project_title: 'Garden',
      applicant: { id: bob.id, username: bob.username },
      message: 'I dig.',
      rate: 12.5,
      status: 'pending',
      created_at: now,
      updated_at: now,
    });
    expect(headers['location']).toBe(MINE);
    expect(await countOf(id)).toBe(1);
    expect(await submittedTo(id)).toEqual([
      {
        ...causedBy(bob),
        application_id: body.id,
        project_id: id,
        project_title: 'Garden',
        owner_id: alice.id,
        owner_username: alice.username,
        applicant_id: bob.id,
        applicant_username: bob.username,
      },
    ]);
  });

  it.each(['pending', 'rejected', 'withdrawn', 'accepted', 'left'])(
    'is refused a second time, whatever became of the first: %s',
    async (end) => {
      const [alice, bob] = [aUser(), aUser()];
      const id = await start(project, alice);
      if (end === 'left') {
        await join(project, alice, bob, id);
        await project.as(bob).delete(`/api/projects/${id}/members/${bob.id}`).expect(204);
      } else {
        const applicationId = await apply(project, bob, id);
        const decider = end === 'withdrawn' ? bob : alice;
        if (end !== 'pending')
          await decide(project, decider, { projectId: id, applicationId, status: end }).expect(200);
      }

      const { body } = await project.as(bob).post(pathOf(id)).send({ message: 'Again' }).expect(409);

      expect(body).toMatchObject({ code: 'already_applied' });
      expect(await countOf(id)).toBe(1);
    },
  );

  it('is refused for an own project, also a draft, and one that is not open', async () => {
    const alice = aUser();
    const [open, draft] = [await start(project, alice), await start(project, alice, { status: 'draft' })];
    const send = async (user: typeof alice, id: string) => {
      const { status, body } = await project.as(user).post(pathOf(id)).send({ message: 'a' });
      return [status, body.code];
    };

    expect(await send(alice, open)).toEqual([409, 'own_project']);
    expect(await send(alice, draft)).toEqual([409, 'own_project']);
    for (const status of ['in_progress', 'completed']) {
      await move(project, alice, open, status).expect(200);
      expect(await send(aUser(), open)).toEqual([409, 'project_not_open']);
    }
    await move(project, alice, draft, 'cancelled').expect(200);
    expect(await send(aUser(), draft)).toEqual([409, 'project_not_open']);
    expect(await send(aUser(), anId())).toEqual([404, 'project_not_found']);
  });

  it('is refused between two of whom one has blocked the other', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    const send = () => project.as(bob).post(pathOf(id)).send({ message: 'a' });

    for (const [blocker, blocked] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      await block(project, blocker, blocked);
      expect((await send().expect(403)).body).toMatchObject({ code: 'blocked' });
      await unblock(project, blocker, blocked);
    }

    await send().expect(201);
  });

  it('is for users', async () => {
    const id = await start(project, aUser());

    await project.as().post(pathOf(id)).send({ message: 'a' }).expect(401);
    await project.as(anAdmin()).post(pathOf(id)).send({ message: 'a' }).expect(201);
    await project.as(aUser()).post(pathOf('x')).send({ message: 'a' }).expect(400);
  });

  it.each([
    ['no message', { message: undefined }, 400],
    ['null for a message', { message: null }, 400],
    ['a message that is a list', { message: ['a'] }, 400],
    ['a rate that is a text', { message: 'a', rate: '5' }, 400],
    ['an empty message', { message: ' ' }, 422],
    ['a message that is too long', { message: 'x'.repeat(4_001) }, 422],
    ['a rate below nothing', { message: 'a', rate: -1 }, 422],
    ['a rate beyond all money', { message: 'a', rate: 1e13 }, 422],
  ])('refuses %s', async (_, sent, status) => {
    const id = await start(project, aUser());

    await project.as(aUser()).post(pathOf(id)).send(sent).expect(status);

    expect(await countOf(id)).toBe(0);
  });

  it('takes a message as long as it may be, counted in characters, and no rate', async () => {
    const message = '👍'.repeat(4_000);
    const id = await start(project, aUser());

    const { body } = await project.as(aUser()).post(pathOf(id)).send({ message, rate: null }).expect(201);

    expect(body).toMatchObject({ message, rate: null });
  });

  it('has one effect for an Idempotency-Key', async () => {
    const bob = aUser();
    const id = await start(project, aUser());
    const key = anId();
    const send = () => project.as(bob).post(pathOf(id)).set('idempotency-key', key).send({ message: 'a' });

    const first = await send().expect(201);
    const second = await send().expect(201);

    expect(second.body).toEqual(first.body);
    expect(await countOf(id)).toBe(1);
  });
});

describe('the applications to a project', () => {
  it('are listed for its owner, latest first, by page and by cursor', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    await apply(project, aUser(), await start(project, alice));
    const applicants = [aUser(), aUser(), aUser()];
    const ids = [];
    for (const applicant of applicants) ids.unshift(await apply(project, applicant, id));
    const path = `${pathOf(id)}?limit=2`;

    const first = await project.as(alice).get(path).expect(200);
    const second = await project.as(alice).get(`${path}&page=2`).expect(200);
    const start1 = await project.as(alice).get(`${path}&cursor=`).expect(200);
    const rest = await project.as(alice).get(`${path}&cursor=${start1.body.next_cursor}`).expect(200);

    expect({ ...first.body, results: idsOf(first.body) }).toEqual({
      count: 3,
      next: `${PUBLIC_URL}${path}&page=2`,
      previous: null,
      results: ids.slice(0, 2),
    });
    expect(first.body.results[0].applicant).toEqual({ id: applicants[2]!.id, username: applicants[2]!.username });
    expect({ ...second.body, results: idsOf(second.body) }).toEqual({
      count: 3,
      next: null,
      previous: `${PUBLIC_URL}${path}&page=1`,
      results: ids.slice(2),
    });
    expect([idsOf(start1.body), idsOf(rest.body), rest.body.next_cursor]).toEqual([
      ids.slice(0, 2),
      ids.slice(2),
      null,
    ]);
  });

  it('are listed by their status', async () => {
    const alice = aUser();
    const id = await start(project, alice);
    const accepted = await join(project, alice, aUser(), id);
    const pending = await apply(project, aUser(), id);
    const listed = async (status: string) => {
      const { body } = await project
        .as(alice)
        .get(`${pathOf(id)}?status=${status}`)
        .expect(200);
      return [body.count, idsOf(body)];
    };

    expect(await listed('accepted')).toEqual([1, [accepted]]);
    expect(await listed('pending')).toEqual([1, [pending]]);
    expect(await listed('withdrawn')).toEqual([0, []]);
  });

  it('are for its owner alone', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    await apply(project, bob, id);

    await project.as().get(pathOf(id)).expect(401);
    for (const other of [bob, aUser(), anAdmin()]) {
      const { body } = await project.as(other).get(pathOf(id)).expect(403);
      expect(body).toMatchObject({ code: 'not_your_project' });
    }
    await project.as(alice).get(pathOf(anId())).expect(404);
  });

  it.each(['status=lost', 'status=', 'page=0', 'limit=x', 'cursor=nonsense', 'cursor=WyJ4Il0'])(
    'refuse the query %s',
    async (query) => {
      const alice = aUser();
      const id = await start(project, alice);

      await project
        .as(alice)
        .get(`${pathOf(id)}?${query}`)
        .expect(400);
      await project.as(alice).get(`${MINE}?${query}`).expect(400);
    },
  );
});

describe("a user's own applications", () => {
  it('are listed latest first, by page, by cursor and by status', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const projects = [await start(project, alice, { title: 'One' }), await start(project, alice, { title: 'Two' })];
    const ids = [];
    for (const id of projects) ids.unshift(await apply(project, bob, id));
    await apply(project, aUser(), projects[0]!);
    await decide(project, alice, { projectId: projects[0]!, applicationId: ids[1]!, status: 'rejected' }).expect(200);

    const { body } = await project.as(bob).get(MINE).expect(200);
    const first = await project.as(bob).get(`${MINE}?limit=1&cursor=`).expect(200);
    const rest = await project.as(bob).get(`${MINE}?limit=1&cursor=${first.body.next_cursor}`).expect(200);

    expect(body).toMatchObject({ count: 2, next: null, previous: null });
    expect(
      body.results.map(({ id, project_title, status }: Record<string, string>) => [id, project_title, status]),
    ).toEqual([
      [ids[0], 'Two', 'pending'],
      [ids[1], 'One', 'rejected'],
    ]);
    expect([...idsOf(first.body), ...idsOf(rest.body)]).toEqual(ids);
    expect(rest.body.next_cursor).toBeNull();
    expect(idsOf((await project.as(bob).get(`${MINE}?status=rejected`).expect(200)).body)).toEqual([ids[1]]);
  });

  it('are for a user, and nobody else sees them there', async () => {
    await apply(project, aUser(), await start(project, aUser()));

    await project.as().get(MINE).expect(401);
    for (const other of [aUser(), anAdmin()])
      expect((await project.as(other).get(MINE).expect(200)).body).toMatchObject({ count: 0, results: [] });
    const { headers } = await project.as(aUser()).post(MINE).send({}).expect(405);
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
  });
});

describe('applications between two of whom one has blocked the other', () => {
  it('are left out for both, until the block is taken back', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    const [ofBob, ofCarol] = [await apply(project, bob, id), await apply(project, carol, id)];
    const listed = async () => {
      const own = (await project.as(alice).get(pathOf(id)).expect(200)).body;
      const mine = (await project.as(bob).get(MINE).expect(200)).body;
      return [own.count, idsOf(own), mine.count, idsOf(mine)];
    };

    await block(project, bob, alice);
    expect(await listed()).toEqual([1, [ofCarol], 0, []]);
    await unblock(project, bob, alice);

    expect(await listed()).toEqual([2, [ofCarol, ofBob], 1, [ofBob]]);
  });
});
