import { applicationStatusChanged, memberAdded } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { concerns, deciderOf, type Application, type Decision } from '../domain/application.ts';
import { canSee } from '../domain/can-see.ts';
import { applicationEventOf, memberEventOf, type Names } from '../domain/events.ts';
import {
  AlreadyDecided,
  ApplicationNotFound,
  Blocked,
  NotYourDecision,
  ProjectNotFound,
  ProjectNotOpen,
} from '../domain/project-errors.ts';
import { takesMembers } from '../domain/project-status.ts';
import type { Project } from '../domain/project.ts';

type Parts = Pick<
  ProjectContext,
  'projects' | 'applications' | 'members' | 'people' | 'blocks' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type DecideApplication = { projectId: string; applicationId: string; userId: string; decision: Decision };
export type Decided = { application: Application; project: Project; names: Names };

/**
 * Accepts, rejects or withdraws an application. Accepting makes the applicant a member in the same transaction.
 * @throws ProjectNotFound, ApplicationNotFound, NotYourDecision, Blocked, AlreadyDecided, ProjectNotOpen
 */
export async function decideApplication(parts: Parts, request: DecideApplication): Promise<Decided> {
  const { projectId, applicationId, decision } = request;
  const decided = await parts.queue(projectId, () => parts.transaction((tx) => decide(parts, request, tx)));
  parts.log.info({ applicationId, projectId, decision }, 'application decided');
  return decided;
}

async function decide(parts: Parts, request: DecideApplication, tx: Transaction): Promise<Decided> {
  const { applications, people, clock } = parts;
  const { decision } = request;
  const { application: pending, project } = await requireDecidable(parts, request, tx);
  const at = clock.now();
  const application = await applications.decide(pending.id, decision, at, tx);
  if (!application) throw new AlreadyDecided();
  const names = await people.usernames([application.ownerId, application.applicantId]);
  const event = { ...applicationEventOf(application, project, names), status: application.status };
  tx.emit(applicationStatusChanged, application.id, event);
  if (decision === 'accepted') await addMember(parts, { application, names, at }, tx);
  return { application, project, names };
}

async function requireDecidable(
  { projects, applications, blocks }: Parts,
  { projectId, applicationId, userId, decision }: DecideApplication,
  tx: Transaction,
): Promise<{ application: Application; project: Project }> {
  const [project, application] = [await projects.find(projectId, tx), await applications.find(applicationId, tx)];
  if (!project) throw new ProjectNotFound();
  const isOurs = application?.projectId === projectId;
  const isConcerned = isOurs && concerns(application, userId);
  // Whoever applied may withdraw, also where a block has hidden the project meanwhile.
  if (!isConcerned && !canSee(project, userId, await blocks.areApart(userId, project.ownerId)))
    throw new ProjectNotFound();
  if (!isOurs) throw new ApplicationNotFound();
  if (deciderOf(application, decision) !== userId) throw new NotYourDecision();
  if (decision === 'accepted') await requireAcceptable(blocks, application);
  if (application.status !== 'pending') throw new AlreadyDecided();
  if (decision === 'accepted' && !takesMembers(project.status)) throw new ProjectNotOpen();
  return { application, project };
}

/** A block forbids a new tie; to end what there is, by a refusal or a withdrawal, is always possible. */
async function requireAcceptable(blocks: Parts['blocks'], { ownerId, applicantId }: Application): Promise<void> {
  if (await blocks.areApart(ownerId, applicantId)) throw new Blocked();
}

/** It writes to the project's document, as its end and every change of its status do: none of these slips in between. */
async function addMember(
  { projects, members }: Parts,
  { application, names, at }: { application: Application; names: Names; at: Date },
  tx: Transaction,
): Promise<void> {
  const { projectId, applicantId } = application;
  await members.add({ projectId, userId: applicantId, role: 'member', joinedAt: at }, tx);
  const project = await projects.count(projectId, { members: 1 }, tx);
  if (!project) throw new ProjectNotFound();
  tx.emit(memberAdded, projectId, { ...memberEventOf(applicantId, project, names), role: 'member' });
}
