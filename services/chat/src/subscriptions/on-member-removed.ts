import { memberRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { removeMember } from '../use-cases/remove-member.ts';

export const onMemberRemoved = subscribe(
  memberRemoved,
  ({ ctx, data: { project_id: projectId, user_id: userId, members_revision: revision }, tx }) =>
    removeMember(ctx, { projectId, userId, revision }, tx),
  { inTurn: ({ project_id }) => project_id },
);
