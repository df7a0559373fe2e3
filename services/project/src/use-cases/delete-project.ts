import { projectDeleted } from '@commons/contracts';
import { requireMatch, type Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { ProjectNotFound } from '../domain/project-errors.ts';
import type { Project } from '../domain/project.ts';
import { findOwnProject } from './find-own-project.ts';

type Removal = Pick<ProjectContext, 'projects' | 'members' | 'jobs'>;
type Parts = Removal & Pick<ProjectContext, 'blocks' | 'transaction' | 'queue' | 'log'>;

export type DeleteProject = { projectId: string; userId: string; ifMatch: string | undefined };

/** Removes a project; its applications and members go by and by. @throws ProjectNotFound, NotYourProject, PreconditionFailed */
export async function deleteProject(parts: Parts, { projectId, userId, ifMatch }: DeleteProject): Promise<void> {
  await parts.queue(projectId, () =>
    parts.transaction(async (tx) => {
      const project = await findOwnProject(parts, { projectId, userId }, tx);
      requireMatch(ifMatch, project.revision);
      await removeProjects(parts, [project], tx);
    }),
  );
  parts.log.info({ projectId }, 'project deleted');
}

/** Removes projects, and tells of each: nobody hears of its members and applications one by one. */
export async function removeProjects(
  { projects, members, jobs }: Removal,
  going: readonly Project[],
  tx: Transaction,
): Promise<void> {
  const ids = going.map(({ id }) => id);
  if (!(await projects.remove(ids, tx))) throw new ProjectNotFound();
  await members.removeOwners(ids, tx);
  for (const { id, ownerId } of going) {
    await jobs.add('purge-project', id, { project_id: id }, tx);
    tx.emit(projectDeleted, id, { project_id: id, owner_id: ownerId });
  }
}
