import { countList } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import type { ApplicationFilter } from '../data/application-store.ts';
import type { Application } from '../domain/application.ts';
import type { Names } from '../domain/events.ts';
import type { Project } from '../domain/project.ts';

type Parts = Pick<ProjectContext, 'applications' | 'projects' | 'people' | 'countCache'>;

/** An application with what is shown beside it. */
export type ListedApplication = { application: Application; project: Project; names: Names };

/** A page of applications, latest first, and how many there are. */
export async function listApplications(
  parts: Parts,
  { filter, page, limit }: { filter: ApplicationFilter; page: number; limit: number },
): Promise<{ count: number; listed: ListedApplication[] }> {
  const [found, count] = await Promise.all([
    parts.applications.list(filter, { limit, skip: (page - 1) * limit }),
    countList(parts.countCache, { applications: filter }, (most) => parts.applications.count(filter, most)),
  ]);
  return { count, listed: await describe(parts, found) };
}

/** The applications before one, at the same cost however deep it is; the id to go on from, or null at the end. */
export async function listApplicationsBefore(
  parts: Parts,
  { filter, before, limit }: { filter: ApplicationFilter; before: string | undefined; limit: number },
): Promise<{ listed: ListedApplication[]; next: string | null }> {
  const found = await parts.applications.list(filter, { limit: limit + 1, ...(before !== undefined && { before }) });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { listed: await describe(parts, found.slice(0, limit)), next: last?.id ?? null };
}

/** What belongs to a project, or a person, that has just gone is left out. */
async function describe({ projects, people }: Parts, found: readonly Application[]): Promise<ListedApplication[]> {
  const [known, names] = await Promise.all([
    projects.findAll([...new Set(found.map(({ projectId }) => projectId))]),
    people.usernames(found.map(({ applicantId }) => applicantId)),
  ]);
  const byId = new Map(known.map((project) => [project.id, project]));
  return found.flatMap((application) => {
    const project = byId.get(application.projectId);
    return project && names.has(application.applicantId) ? [{ application, project, names }] : [];
  });
}
