import { id, projectStatus, timestamp } from '@commons/contracts';
import { entityTag } from '@commons/platform';
import { z } from 'zod';
import type { ProjectContext } from '../context.ts';
import type { Names } from '../domain/events.ts';
import type { Project } from '../domain/project.ts';

/** A person with their name. */
export const personView = z.object({ id, username: z.string() });

/** A project as everybody sees it. */
export const projectView = z.object({
  id,
  title: z.string(),
  description: z.string(),
  skills: z.array(z.string()),
  budget: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  deadline: timestamp.nullable(),
  remote: z.boolean(),
  status: projectStatus,
  owner: personView,
  applications_count: z.int(),
  members_count: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
});

/** Shows a project with its owner's name. */
export const toProjectView = (project: Project, names: Names): z.infer<typeof projectView> => ({
  id: project.id,
  title: project.title,
  description: project.description,
  skills: project.skills,
  budget: project.budget,
  deadline: project.deadline?.toISOString() ?? null,
  remote: project.isRemote,
  status: project.status,
  owner: { id: project.ownerId, username: names.get(project.ownerId) ?? '' },
  applications_count: project.applicationsCount,
  members_count: project.membersCount,
  created_at: project.createdAt.toISOString(),
  updated_at: project.updatedAt.toISOString(),
});

/** A project by itself, and its `ETag`. */
export async function present(
  { people }: Pick<ProjectContext, 'people'>,
  project: Project,
): Promise<{ view: z.infer<typeof projectView>; headers: { etag: string } }> {
  const view = toProjectView(project, await people.usernames([project.ownerId]));
  return { view, headers: { etag: entityTag(project.revision, view) } };
}
