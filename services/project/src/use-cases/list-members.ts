import { countList, type User } from '@commons/platform';
import type { ProjectContext } from '../context.ts';
import type { MemberFilter } from '../data/member-store.ts';
import type { Member } from '../domain/member.ts';
import { findVisibleProject } from './find-visible-project.ts';

type Parts = Pick<ProjectContext, 'projects' | 'members' | 'people' | 'blocks' | 'countCache'>;
type Request = { projectId: string; viewer: User | undefined; limit: number };

export type ListedMember = { member: Member; username: string };

/** A page of the members of a project, the owner first, and how many there are. @throws ProjectNotFound */
export async function listMembers(
  parts: Parts,
  { page, limit, ...request }: Request & { page: number },
): Promise<{ count: number; listed: ListedMember[] }> {
  const filter = await filterFor(parts, request);
  const [found, count] = await Promise.all([
    parts.members.list(filter, { limit, skip: (page - 1) * limit }),
    countList(parts.countCache, { members: filter }, (most) => parts.members.count(filter, most)),
  ]);
  return { count, listed: await nameAll(parts, found) };
}

/** The members after one; the id to go on from, or null at the end. @throws ProjectNotFound */
export async function listMembersAfter(
  parts: Parts,
  { after, limit, ...request }: Request & { after: string | undefined },
): Promise<{ listed: ListedMember[]; next: string | null }> {
  const filter = await filterFor(parts, request);
  const found = await parts.members.list(filter, { limit: limit + 1, ...(after !== undefined && { after }) });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { listed: await nameAll(parts, found.slice(0, limit)), next: last?.id ?? null };
}

/** Members whom the viewer may not see are left out. */
async function filterFor(parts: Parts, { projectId, viewer }: Omit<Request, 'limit'>): Promise<MemberFilter> {
  await findVisibleProject(parts, { projectId, viewerId: viewer?.id });
  return { projectId, hidden: await parts.blocks.hiddenFrom(viewer?.id) };
}

/** Somebody whose account has just gone is left out. */
async function nameAll({ people }: Parts, found: readonly Member[]): Promise<ListedMember[]> {
  const names = await people.usernames(found.map(({ userId }) => userId));
  return found.flatMap((member) => {
    const username = names.get(member.userId);
    return username === undefined ? [] : [{ member, username }];
  });
}
