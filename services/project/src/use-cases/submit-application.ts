import { applicationSubmitted } from '@commons/contracts';
import { inAllTurns, type Transaction, type User } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import type { Application } from '../domain/application.ts';
import { applicationEventOf } from '../domain/events.ts';
import {
  AccountGone,
  AlreadyApplied,
  Blocked,
  OwnProject,
  ProjectNotFound,
  ProjectNotOpen,
} from '../domain/project-errors.ts';
import { takesApplications } from '../domain/project-status.ts';
import { canSee } from '../domain/can-see.ts';
import type { Project } from '../domain/project.ts';

type Parts = Pick<
  ProjectContext,
  'projects' | 'applications' | 'people' | 'blocks' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type SubmitApplication = { projectId: string; applicant: User; message: string; rate: number | null };
export type Submitted = { application: Application; project: Project; username: string };

/**
 * Applies for a project. @throws ProjectNotFound, Blocked, OwnProject, AlreadyApplied, ProjectNotOpen, AccountGone
 */
export async function submitApplication(parts: Parts, request: SubmitApplication): Promise<Submitted> {
  const { projectId, applicant } = request;
  const submitted = await inAllTurns(parts.queue, [projectId, `user:${applicant.id}`], () =>
    parts.transaction((tx) => insertApplication(parts, request, tx)),
  );
  parts.log.info({ applicationId: submitted.application.id, projectId }, 'application submitted');
  return submitted;
}

async function insertApplication(parts: Parts, request: SubmitApplication, tx: Transaction): Promise<Submitted> {
  const { projects, applications, people, clock } = parts;
  const { projectId, applicant, message, rate } = request;
  const { ownerId } = await requireOpen(parts, request, tx);
  const at = clock.now();
  const username = await people.noteActing(applicant, at, tx);
  if (username === undefined) throw new AccountGone();
  const application = await applications.create(
    { projectId, ownerId, applicantId: applicant.id, message, rate, at },
    tx,
  );
  const project = await projects.count(projectId, { applications: 1 }, tx);
  if (!project) throw new ProjectNotFound();
  const names = (await people.usernames([ownerId])).set(applicant.id, username);
  tx.emit(applicationSubmitted, application.id, applicationEventOf(application, project, names));
  return { application, project, username };
}

/** Who is blocked may not apply, and is told so; whether the project is there they could learn from others anyway. */
async function requireOpen(
  { projects, applications, blocks }: Parts,
  { projectId, applicant }: SubmitApplication,
  tx: Transaction,
): Promise<Project> {
  const project = await projects.find(projectId, tx);
  if (!project || !canSee(project, applicant.id, false)) throw new ProjectNotFound();
  if (await blocks.areApart(applicant.id, project.ownerId)) throw new Blocked();
  if (project.ownerId === applicant.id) throw new OwnProject();
  if (await applications.hasApplied(projectId, applicant.id, tx)) throw new AlreadyApplied();
  if (!takesApplications(project.status)) throw new ProjectNotOpen();
  return project;
}
