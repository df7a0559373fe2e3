import { countList, type User } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import type { Order, Position, Selection } from '../data/project-list.ts';
import { audiencesOf, subjectsOf, type ListFilter } from '../domain/lists.ts';
import { dueAt, type Project } from '../domain/project.ts';

type Parts = Pick<ProjectContext, 'projectList' | 'people' | 'blocks' | 'countCache'>;

export type ListProjects = ListFilter &
  Pick<Selection, 'words' | 'minAmount' | 'maxAmount'> & { viewer: User | undefined; order: Order; limit: number };

/** Projects with the names of their owners, by id. */
export type NamedProjects = { projects: Project[]; names: Map<string, string> };

/** A page of the projects that somebody may see, and how many there are. */
export async function listProjects(
  parts: Parts,
  { page, ...query }: ListProjects & { page: number },
): Promise<NamedProjects & { count: number }> {
  const { order, limit } = query;
  const wanted = await wantedBy(parts, query);
  const skip = (page - 1) * limit;
  const counted = countProjects(parts, wanted);
  if (page > 1 && skip >= (await counted)) return { count: await counted, projects: [], names: new Map() };
  const [projects, count] = await Promise.all([parts.projectList.read({ ...wanted, order, limit, skip }), counted]);
  return { count, projects, names: await ownerNames(parts, projects) };
}

/** The projects after a position, at the same cost however deep it is; the position after them, or null at the end. */
export async function listProjectsAfter(
  parts: Parts,
  { after, ...query }: ListProjects & { after: Position | undefined },
): Promise<NamedProjects & { next: Position | null }> {
  const { order, limit } = query;
  const wanted = await wantedBy(parts, query);
  const found = await parts.projectList.read({ ...wanted, order, limit: limit + 1, ...(after && { after }) });
  const projects = found.slice(0, limit);
  const last = projects.at(-1);
  const next = found.length > limit && last ? positionOf(last, order) : null;
  return { projects, next, names: await ownerNames(parts, projects) };
}

type Wanted = Selection & { audiences: string[] };

async function wantedBy({ blocks }: Parts, { viewer, ...query }: ListProjects): Promise<Wanted> {
  const { words, minAmount, maxAmount } = query;
  return {
    subjects: subjectsOf(query),
    audiences: audiencesOf(viewer?.id, query),
    hiddenOwners: await blocks.hiddenFrom(viewer?.id),
    ...(words && { words }),
    ...(minAmount !== undefined && { minAmount }),
    ...(maxAmount !== undefined && { maxAmount }),
  };
}

async function countProjects({ projectList, countCache }: Parts, { audiences, ...selection }: Wanted): Promise<number> {
  const counts = audiences.map((audience) => {
    const list = { ...selection, audience };
    return countList(countCache, list, (limit) => projectList.count({ ...list, limit }));
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

const ownerNames = ({ people }: Parts, projects: readonly Project[]): Promise<Map<string, string>> =>
  people.usernames(projects.map(({ ownerId }) => ownerId));

function positionOf(project: Project, { field }: Order): Position {
  const { id, createdAt, applicationsCount } = project;
  if (field === 'applications_count') return { value: applicationsCount, id };
  return { value: (field === 'created_at' ? createdAt : dueAt(project)).getTime(), id };
}
