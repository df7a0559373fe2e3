import { projectUpdated } from '@commons/contracts';
import { requireMatch } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { projectEventOf } from '../domain/events.ts';
import { DeadlinePassed, ProjectNotFound } from '../domain/project-errors.ts';
import type { Project, ProjectFields } from '../domain/project.ts';
import { findOwnProject } from './find-own-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'people' | 'blocks' | 'transaction' | 'queue' | 'clock' | 'log'>;

export type ReplaceProject = {
  projectId: string;
  userId: string;
  fields: ProjectFields;
  ifMatch: string | undefined;
};

/** Writes a project anew; its status stays. @throws ProjectNotFound, NotYourProject, PreconditionFailed, DeadlinePassed */
export async function replaceProject(
  parts: Parts,
  { projectId, userId, fields, ifMatch }: ReplaceProject,
): Promise<Project> {
  const { projects, people, transaction, queue, clock, log } = parts;
  const replaced = await queue(projectId, () =>
    transaction(async (tx) => {
      const at = clock.now();
      const before = await findOwnProject(parts, { projectId, userId }, tx);
      requireMatch(ifMatch, before.revision);
      if (isPassed(fields.deadline, before.deadline, at)) throw new DeadlinePassed();
      const project = await projects.change(before, { ...fields, at }, tx);
      if (!project) throw new ProjectNotFound();
      tx.emit(projectUpdated, project.id, projectEventOf(project, await people.usernames([userId])));
      return project;
    }),
  );
  log.info({ projectId }, 'project replaced');
  return replaced;
}

/** A deadline may pass while its project goes on, but none is set in the past. */
const isPassed = (deadline: Date | null, before: Date | null, now: Date): boolean =>
  deadline !== null && deadline.getTime() !== before?.getTime() && deadline <= now;
