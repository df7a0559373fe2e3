import { projectStatusChanged, type ProjectStatus } from '@commons/contracts';
import { requireMatch } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { projectEventOf } from '../domain/events.ts';
import { ProjectNotFound, WrongMove } from '../domain/project-errors.ts';
import { canMove } from '../domain/project-status.ts';
import type { Project } from '../domain/project.ts';
import { findOwnProject } from './find-own-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'people' | 'blocks' | 'transaction' | 'queue' | 'clock' | 'log'>;

export type MoveProject = { projectId: string; userId: string; status: ProjectStatus; ifMatch: string | undefined };

/** Brings a project from one status to the next. @throws ProjectNotFound, NotYourProject, PreconditionFailed, WrongMove */
export async function moveProject(parts: Parts, { projectId, userId, status, ifMatch }: MoveProject): Promise<Project> {
  const { projects, people, transaction, queue, clock, log } = parts;
  const moved = await queue(projectId, () =>
    transaction(async (tx) => {
      const before = await findOwnProject(parts, { projectId, userId }, tx);
      requireMatch(ifMatch, before.revision);
      if (!canMove(before.status, status)) throw new WrongMove(before.status, status);
      const project = await projects.change(before, { status, at: clock.now() }, tx);
      if (!project) throw new ProjectNotFound();
      const names = await people.usernames([userId]);
      tx.emit(projectStatusChanged, project.id, {
        ...projectEventOf(project, names),
        previous_status: before.status,
      });
      return project;
    }),
  );
  log.info({ projectId, status }, 'project moved');
  return moved;
}
