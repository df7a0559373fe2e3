import { id, memberRole, timestamp } from '@commons/contracts';
import { cursorPageOf, decodeCursor, encodeCursor, ok, pageOf, pageQuery, toPage } from '@commons/platform';
import { z } from 'zod';
import { route } from '../context.ts';
import { listMembers as readPage, listMembersAfter, type ListedMember } from '../use-cases/list-members.ts';
import { projectPath } from './project-path.ts';

const memberView = z.object({ user_id: id, username: z.string(), role: memberRole, joined_at: timestamp });

export const listMembers = route({
  method: 'GET',
  path: '/api/projects/:id/members',
  summary: 'Members of a project, its owner first, by page or by cursor',
  access: 'anyone',
  params: projectPath,
  query: z.object(pageQuery),
  answers: { 200: z.union([pageOf(memberView), cursorPageOf(memberView)]) },
  errors: [404],
  handler: async ({ ctx, params, query: { page, limit, cursor }, user, url }) => {
    const request = { projectId: params.id, viewer: user, limit };
    if (cursor === undefined) {
      const { count, listed } = await readPage(ctx, { ...request, page });
      return ok(toPage(listed.map(toView), { count, page, limit, url }));
    }
    const [after] = decodeCursor(cursor, z.tuple([id])) ?? [];
    const { listed, next } = await listMembersAfter(ctx, { ...request, after });
    return ok({ next_cursor: next && encodeCursor([next]), results: listed.map(toView) });
  },
});

const toView = ({ member, username }: ListedMember): z.infer<typeof memberView> => ({
  user_id: member.userId,
  username,
  role: member.role,
  joined_at: member.joinedAt.toISOString(),
});
