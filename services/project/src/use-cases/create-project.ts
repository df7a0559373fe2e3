import { memberAdded, projectCreated } from '@commons/contracts';
import type { Transaction, User } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { memberEventOf, projectEventOf } from '../domain/events.ts';
import { AccountGone, DeadlinePassed } from '../domain/project-errors.ts';
import type { Project, ProjectFields } from '../domain/project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'members' | 'people' | 'transaction' | 'queue' | 'clock' | 'log'>;

export type CreateProject = { owner: User; fields: ProjectFields; status: 'draft' | 'open' };

/** Starts a project, with its owner as the first member. @throws DeadlinePassed, AccountGone */
export async function createProject(parts: Parts, request: CreateProject): Promise<Project> {
  const project = await parts.queue(`user:${request.owner.id}`, () =>
    parts.transaction((tx) => insertProject(parts, request, tx)),
  );
  parts.log.info({ projectId: project.id }, 'project created');
  return project;
}

async function insertProject(
  { projects, members, people, clock }: Parts,
  { owner, fields, status }: CreateProject,
  tx: Transaction,
): Promise<Project> {
  const at = clock.now();
  if (fields.deadline && fields.deadline <= at) throw new DeadlinePassed();
  const username = await people.noteActing(owner, at, tx);
  if (username === undefined) throw new AccountGone();
  const project = await projects.create({ ...fields, ownerId: owner.id, status, at }, tx);
  await members.add({ projectId: project.id, userId: owner.id, role: 'owner', joinedAt: at }, tx);
  const names = new Map([[owner.id, username]]);
  tx.emit(projectCreated, project.id, projectEventOf(project, names));
  tx.emit(memberAdded, project.id, { ...memberEventOf(owner.id, project, names), role: 'owner' });
  return project;
}
