import { id, projectStatus } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage, wordsOf } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import type { Order } from '../data/project-list.ts';
import { skillKeysIn } from '../domain/skills.ts';
import { listProjects as readPage, listProjectsAfter, type NamedProjects } from '../use-cases/list-projects.ts';
import { projectView, toProjectView } from './project-view.ts';

const orders = {
  created_at: { field: 'created_at', direction: 1 },
  '-created_at': { field: 'created_at', direction: -1 },
  deadline: { field: 'due_at', direction: 1 },
  applications_count: { field: 'applications_count', direction: 1 },
} as const satisfies Record<string, Order>;
const ordering = z.enum(Object.keys(orders) as (keyof typeof orders)[]);

/** Farthest time that there is, in milliseconds from 1970. */
const LAST_TIME = 8_640_000_000_000_000;
const position = z.tuple([ordering, z.int().min(-LAST_TIME).max(LAST_TIME), id]);

const amount = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);

export const listProjects = route({
  method: 'GET',
  path: '/api/projects',
  summary: 'Projects that the reader may see, by page or by cursor',
  access: 'anyone',
  query: z.object({
    ...pageQuery,
    ordering: ordering.default('-created_at').describe('by deadline, those without one come last'),
    q: z.string().max(200).default('').describe('words that are all in the title, the description or the skills'),
    status: projectStatus.optional(),
    skills: z
      .string()
      .max(1_000)
      .refine((text) => skillKeysIn(text).length > 0, 'must name a skill')
      .transform(skillKeysIn)
      .optional()
      .describe('all of these, with commas between'),
    owner_id: id.optional(),
    remote: z.enum(['true', 'false']).optional(),
    budget_min: amount.optional(),
    budget_max: amount.optional(),
  }),
  answers: { 200: z.union([pageOf(projectView), cursorPageOf(projectView)]) },
  handler: async ({ ctx, query, user, url }) => {
    const { page, limit, cursor, q, status, skills, owner_id, remote, budget_min, budget_max } = query;
    const words = wordsOf(q);
    const filter = {
      viewer: user,
      limit,
      ownerId: owner_id,
      skillKeys: skills,
      status,
      isRemote: remote && remote === 'true',
      ...(words.length > 0 && { words }),
      ...(budget_min !== undefined && { minAmount: budget_min }),
      ...(budget_max !== undefined && { maxAmount: budget_max }),
    };
    if (q.trim() !== '' && words.length === 0)
      return ok(cursor === undefined ? toPage([], { count: 0, page, limit, url }) : { next_cursor: null, results: [] });
    if (cursor === undefined) {
      const found = await readPage(ctx, { ...filter, order: orders[query.ordering], page });
      return ok(toPage(toViews(found), { count: found.count, page, limit, url }));
    }
    const [kept, value, lastId] = decodeCursor(cursor, position) ?? [query.ordering];
    const after = value === undefined || lastId === undefined ? undefined : { value, id: lastId };
    const found = await listProjectsAfter(ctx, { ...filter, order: orders[kept], after });
    const { next } = found;
    return ok({ next_cursor: next && encodeCursor([kept, next.value, next.id]), results: toViews(found) });
  },
});

const toViews = ({ projects, names }: NamedProjects) => projects.map((project) => toProjectView(project, names));
