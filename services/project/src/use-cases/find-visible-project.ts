import type { Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { canSee } from '../domain/can-see.ts';
import { ProjectNotFound } from '../domain/project-errors.ts';
import type { Project } from '../domain/project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'blocks'>;

/** The project, if the viewer may see it. @throws ProjectNotFound */
export async function findVisibleProject(
  { projects, blocks }: Parts,
  { projectId, viewerId }: { projectId: string; viewerId: string | undefined },
  tx?: Transaction,
): Promise<Project> {
  const project = await projects.find(projectId, tx);
  if (!project || !canSee(project, viewerId, await blocks.areApart(viewerId, project.ownerId)))
    throw new ProjectNotFound();
  return project;
}
