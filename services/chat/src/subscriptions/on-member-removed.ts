import { memberRemoved } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { removeMember } from '../use-cases/bring-member.ts';

export const onMemberRemoved = subscribe(
  memberRemoved,
  ({ ctx, data, tx }) =>
    removeMember(
      ctx,
      {
        projectId: data.project_id,
        user: { id: data.user_id, username: data.username },
        revision: data.members_revision,
      },
      tx,
    ),
  { inTurn: ({ project_id }) => project_id },
);
