import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listBlocks, listUsers, type RelationPair } from '@commons/contracts';
import { anAdmin, aUser, buildService, fakeCall, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { apply, block, join, start, type ProjectService } from './a-project.ts';

const names = new Map<string, { username: string; username_revision: number }>();
const blocks: RelationPair[] = [];
const keyOf = ({ from_id, to_id }: Pick<RelationPair, 'from_id' | 'to_id'>) => `${from_id}:${to_id}`;

let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, {
    fakes: [
      fakeCall(listUsers, ({ ids = [] }) => ({
        users: ids.flatMap((id) => {
          const name = names.get(id);
          return name ? [{ id, roles: ['user' as const], status: 'active' as const, ...name }] : [];
        }),
      })),
      fakeCall(listBlocks, ({ after, limit }) => ({
        pairs: blocks
          .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
          .filter((pair) => after === undefined || keyOf(pair) > keyOf(after))
          .slice(0, limit),
      })),
    ],
  });
});
afterAll(() => project.stop());

const path = '/api/admin/services/project/rebuild';

async function rebuild(): Promise<Record<string, number>> {
  await project.as(anAdmin()).post(path).expect(202);
  const run = async () => (await project.as(anAdmin()).get(path).expect(200)).body;
  await until(async () => (await run()).running === false);
  const { results, error } = await run();
  expect(error).toBeNull();
  return Object.fromEntries(
    results.map(({ name, corrected }: { name: string; corrected: number }) => [name, corrected]),
  );
}

const read = async (id: string) => (await project.as().get(`/api/projects/${id}`).expect(200)).body;

describe('rebuilding what projects keep', () => {
  it('counts applications and members anew, and corrects nothing the second time', async () => {
    const alice = aUser();
    const [wrong, right] = [await start(project, alice, { title: 'Wrong' }), await start(project, alice)];
    await join(project, alice, aUser(), wrong);
    await apply(project, aUser(), wrong);
    await apply(project, aUser(), right);
    await project.ctx.db
      .collection('projects')
      .updateOne({ title: 'Wrong' }, { $set: { applications_count: 40, members_count: 0 } });

    expect(await rebuild()).toEqual({ names: 0, blocks: 0, counts: 1 });

    expect(await read(wrong)).toMatchObject({ applications_count: 2, members_count: 2 });
    expect(await read(right)).toMatchObject({ applications_count: 1, members_count: 1 });
    expect((await project.ctx.projects.find(wrong))?.membersRevision).toBe(3);
    expect(await rebuild()).toEqual({ names: 0, blocks: 0, counts: 0 });
  });

  it('goes through more projects than one page holds', async () => {
    await start(project, aUser(), { title: 'Many' });
    const projects = project.ctx.db.collection('projects');
    const { _id, ...template } = (await projects.findOne({ title: 'Many' }))!;
    const counts = (index: number) => ({ applications_count: index > 590 ? 3 : 0, members_count: 0 });
    await projects.insertMany(Array.from({ length: 600 }, (_, index) => ({ ...template, ...counts(index) })));

    expect((await rebuild())['counts']).toBe(9);

    expect(await projects.countDocuments({ title: 'Many', applications_count: 0 })).toBe(601);
    await projects.deleteMany({ title: 'Many' });
    expect(_id).toBeDefined();
  });

  it('takes names from `auth`', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const id = await start(project, alice);
    await start(project, bob);
    names.set(alice.id, { username: 'right', username_revision: 6 });
    names.set(bob.id, { username: bob.username, username_revision: 0 });

    expect((await rebuild())['names']).toBe(1);

    expect((await read(id)).owner).toEqual({ id: alice.id, username: 'right' });
  });

  it('takes blocks from `subscription`: those that are missing, and away those that are not there', async () => {
    const [alice, bob, carol] = [aUser(), aUser(), aUser()];
    const id = await start(project, alice);
    await block(project, alice, carol);
    blocks.push({ from_id: alice.id, to_id: bob.id, is_on: true, revision: 4 });
    await project.as(bob).get(`/api/projects/${id}`).expect(200);

    expect((await rebuild())['blocks']).toBe(2);

    await project.as(bob).get(`/api/projects/${id}`).expect(404);
    await project.as(carol).get(`/api/projects/${id}`).expect(200);
  });

  it('is for admins', async () => {
    await project.as(aUser()).post(path).expect(403);
    await project.as().post(path).expect(401);
  });
});
