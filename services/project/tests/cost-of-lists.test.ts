import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProjectStatus } from '@commons/contracts';
import { encodeCursor } from '@commons/platform';
import { aUser, buildService, profileReads } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { listsOf } from '../src/domain/lists.ts';
import { block, join, start, type ProjectService } from './a-project.ts';

const PROJECTS = 14_000;
const START = Date.UTC(2026, 0, 1);
const END_OF_TIME = 8_640_000_000_000_000;
const alice = aUser();
const [apart, other] = [aUser(), aUser()];
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service);
  await start(project, alice, { title: 'Common', description: 'words', budget: { amount: 50, currency: 'EUR' } });
  const projects = project.ctx.db.collection('projects');
  const { _id, ...template } = (await projects.findOne())!;
  const copies = Array.from({ length: PROJECTS }, (_, index) => ({
    ...template,
    ...standing(index),
    created_at: new Date(START + index * 1_000),
    due_at: new Date(index % 3 === 0 ? END_OF_TIME : START + index * 2_000),
    applications_count: index % 7 === 0 ? index : 0,
  }));
  await projects.insertMany(copies);
  await block(project, apart, other);
  expect(_id).toBeDefined();
}, 60_000);
afterAll(() => project.stop());

const statuses: ProjectStatus[] = ['open', 'open', 'open', 'open', 'in_progress', 'completed', 'cancelled', 'draft'];

function standing(index: number) {
  const status = statuses[index % statuses.length] ?? 'open';
  const about = { ownerId: alice.id, skills: ['TypeScript', 'Dapr'], status, isRemote: index % 2 === 0 };
  return { status, lists: listsOf(about) };
}

const viewers = [
  ['nobody', undefined],
  ['a user', aUser()],
  ['the owner, with drafts', alice],
  ['somebody from whom others are hidden', apart],
] as const;
const filters = [
  '',
  `owner_id=${alice.id}`,
  'status=open',
  'remote=true',
  'skills=dapr',
  'skills=dapr,typescript&status=open',
  'budget_min=10&budget_max=90',
  'q=common',
  'q=common+words&status=open&skills=dapr',
];
const orderings = ['created_at', '-created_at', 'deadline', 'applications_count'];

describe('the cost of a list', () => {
  it.each(viewers)(
    'does not grow with the projects that there are, in any order, for %s',
    async (_, viewer) => {
      for (const filter of filters) {
        for (const ordering of orderings) {
          const path = `/api/projects?${filter}&ordering=${ordering}&limit=5`;
          const first = await project.as(viewer).get(`${path}&cursor=`).expect(200);
          const cursor = first.body.next_cursor as string;

          const reads = await profileReads(project.ctx.db, ['projects'], async () => {
            await project.as(viewer).get(path).expect(200);
            await project.as(viewer).get(`${path}&cursor=`).expect(200);
            await project.as(viewer).get(`${path}&cursor=${cursor}`).expect(200);
          });

          // Found by words and ordered by a number that changes all the time: the one order that has no index of its own.
          if (filter.startsWith('q=') && ordering === 'applications_count') continue;
          expect(reads).toHaveLength(3);
          for (const { planSummary, hasSortStage, keysExamined, docsExamined } of reads) {
            expect({ path, planSummary, hasSortStage }).toEqual({
              path,
              planSummary: expect.stringContaining('IXSCAN'),
              hasSortStage: false,
            });
            expect(keysExamined).toBeLessThan(100);
            expect(docsExamined).toBeLessThan(100);
          }
        }
      }
    },
    60_000,
  );

  it('is the same deep down by cursor', async () => {
    const positions = [
      ['applications_count', 0, '0'.repeat(24)],
      ['-created_at', START + 7_200_000, 'f'.repeat(24)],
      ['deadline', END_OF_TIME, '0'.repeat(24)],
    ];

    const reads = await profileReads(project.ctx.db, ['projects'], async () => {
      for (const position of positions)
        await project
          .as(alice)
          .get(`/api/projects?cursor=${encodeCursor(position)}&limit=5`)
          .expect(200);
    });

    expect(reads.map(({ keysExamined }) => keysExamined < 100)).toEqual([true, true, true]);
  });
});

describe('the cost of a list of applications, or of members', () => {
  const [owner, applicant] = [aUser(), aUser()];
  let projectId: string;
  beforeAll(async () => {
    projectId = await start(project, owner);
    await join(project, owner, applicant, projectId);
    for (const [name, person] of [
      ['applications', 'applicant_id'],
      ['members', 'user_id'],
    ] as const) {
      const collection = project.ctx.db.collection(name);
      const { _id, ...template } = (await collection.findOne({}, { sort: { _id: -1 } }))!;
      const ObjectId = _id.constructor as new () => typeof _id;
      const change = { ...(name === 'applications' && { status: 'pending' }) };
      await collection.insertMany(
        Array.from({ length: 3_000 }, () => ({ ...template, ...change, [person]: new ObjectId() })),
      );
    }
  });

  it.each([
    ['applications', ':id/applications?', owner],
    ['applications', ':id/applications?status=pending&', owner],
    ['applications', ':id/applications?status=accepted&', owner],
    ['applications', 'applications/mine?', applicant],
    ['members', ':id/members?', owner],
  ] as const)('does not grow with them: %s, at %s', async (collection, path, user) => {
    const url = `/api/projects/${path.replace(':id', projectId)}limit=5`;
    const { body } = await project.as(user).get(`${url}&cursor=`).expect(200);

    const reads = await profileReads(project.ctx.db, [collection], async () => {
      await project.as(user).get(url).expect(200);
      await project
        .as(user)
        .get(`${url}&cursor=${body.next_cursor ?? ''}`)
        .expect(200);
    });

    expect(reads).toHaveLength(2);
    for (const { planSummary, hasSortStage, keysExamined } of reads) {
      expect([planSummary, hasSortStage]).toEqual([expect.stringContaining('IXSCAN'), false]);
      expect(keysExamined).toBeLessThan(20);
    }
  });
});

describe('the count of a list', () => {
  const inDatabase = (filter: object) => project.ctx.db.collection('projects').countDocuments(filter);
  const countOf = async (query: string) =>
    (await project.as().get(`/api/projects?limit=1&${query}`).expect(200)).body.count as number;

  it('is exact up to 10,000', async () => {
    expect(await countOf('status=open')).toBe(await inDatabase({ status: 'open' }));

    await start(project, alice);

    expect(await countOf('status=open')).toBe(await inDatabase({ status: 'open' }));
  });

  it('is kept for a minute beyond, for all replicas', async () => {
    const listed = { lists: 'skill:typescript|public' };
    const counted = await countOf('skills=TypeScript');
    expect(counted).toBe(await inDatabase(listed));

    await start(project, alice, { skills: ['typescript'] });

    expect(await countOf('skills=typescript')).toBe(counted);
    expect(await inDatabase(listed)).toBe(counted + 1);
  });

  it('is made anew while the state store is away', async () => {
    const undo = project.harness.faults.fail({ on: 'state' });

    const counted = await countOf('');

    undo();
    expect(counted).toBe(await inDatabase({ status: { $ne: 'draft' } }));
  });
});
