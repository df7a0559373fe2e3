import type { Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { NotYourProject } from '../domain/project-errors.ts';
import type { Project } from '../domain/project.ts';
import { findVisibleProject } from './find-visible-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'blocks'>;

/** The project, if it is the user's own. @throws ProjectNotFound, or NotYourProject where the user may know of it. */
export async function findOwnProject(
  parts: Parts,
  { projectId, userId }: { projectId: string; userId: string },
  tx?: Transaction,
): Promise<Project> {
  const project = await findVisibleProject(parts, { projectId, viewerId: userId }, tx);
  if (project.ownerId !== userId) throw new NotYourProject();
  return project;
}
