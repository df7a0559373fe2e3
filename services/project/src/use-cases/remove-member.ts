import { memberRemoved } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import { memberEventOf } from '../domain/events.ts';
import { MemberNotFound, NotYourMember, OwnerStays, ProjectNotFound } from '../domain/project-errors.ts';
import { findVisibleProject } from './find-visible-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'members' | 'people' | 'blocks' | 'transaction' | 'queue' | 'log'>;

/** @param memberId whose membership ends. @param userId who wants that. */
export type RemoveMember = { projectId: string; memberId: string; userId: string };

/** Ends a membership. @throws ProjectNotFound, MemberNotFound, NotYourMember, OwnerStays */
export async function removeMember(parts: Parts, request: RemoveMember): Promise<void> {
  const { projectId, memberId } = request;
  await parts.queue(projectId, () => parts.transaction((tx) => remove(parts, request, tx)));
  parts.log.info({ projectId, userId: memberId }, 'member removed');
}

async function remove(parts: Parts, request: RemoveMember, tx: Transaction): Promise<void> {
  const { projects, members, people } = parts;
  const { projectId, memberId } = request;
  await requireRight(parts, request, tx);
  await members.remove(projectId, memberId, tx);
  const project = await projects.count(projectId, { members: -1 }, tx);
  if (!project) throw new ProjectNotFound();
  tx.emit(memberRemoved, projectId, memberEventOf(memberId, project, await people.usernames([memberId])));
}

/** A member may leave also where a block has hidden the project meanwhile. */
async function requireRight(
  parts: Parts,
  { projectId, memberId, userId }: RemoveMember,
  tx: Transaction,
): Promise<void> {
  const member = await parts.members.find(projectId, memberId, tx);
  const isOwn = member !== undefined && memberId === userId;
  const project = isOwn
    ? await parts.projects.find(projectId, tx)
    : await findVisibleProject(parts, { projectId, viewerId: userId }, tx);
  if (!project) throw new ProjectNotFound();
  if (!member) throw new MemberNotFound();
  if (!isOwn && project.ownerId !== userId) throw new NotYourMember();
  if (member.role === 'owner') throw new OwnerStays();
}
