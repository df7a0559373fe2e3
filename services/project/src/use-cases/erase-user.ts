import { memberRemoved, userDataErased } from '@commons/contracts';
import type { JobRun, Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import type { Application } from '../domain/application.ts';
import { memberEventOf } from '../domain/events.ts';
import { removeProjects } from './delete-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'applications' | 'members' | 'jobs' | 'log' | 'service'>;

/** What one transaction removes of each kind, with its events. */
const BATCH = 50;

/**
 * A step of the job that removes an erased user: some of their projects, some of their applications and the memberships that these
 * led to. The last one reports it done.
 */
export async function eraseUser(parts: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  const { user_id } = data;
  let isDone = false;
  await commit(async (tx) => {
    const own = await parts.projects.someOf(user_id, BATCH, tx);
    await removeProjects(parts, own, tx);
    const sent = await parts.applications.someBy(user_id, BATCH, tx);
    for (const application of sent) await takeBack(parts, application, tx);
    isDone = own.length < BATCH && sent.length < BATCH;
    if (!isDone) return data;
    tx.emit(userDataErased, user_id, { user_id, service: parts.service });
    return undefined;
  });
  if (isDone) parts.log.info({ userId: user_id }, 'user erased');
}

/** There is no member without an application, but for owners: with it the membership goes. */
async function takeBack(
  { projects, applications, members }: Parts,
  { id, projectId, applicantId }: Application,
  tx: Transaction,
): Promise<void> {
  const wasMember = await members.remove(projectId, applicantId, tx);
  await applications.remove(id, tx);
  const project = await projects.count(projectId, { applications: -1, ...(wasMember && { members: -1 }) }, tx);
  if (project && wasMember) tx.emit(memberRemoved, projectId, memberEventOf(applicantId, project, new Map()));
}
