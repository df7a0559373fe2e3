import { memberAdded } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { bringMember } from '../use-cases/bring-member.ts';

export const onMemberAdded = subscribe(
  memberAdded,
  ({ ctx, data, tx }) =>
    bringMember(
      ctx,
      {
        projectId: data.project_id,
        projectTitle: data.project_title,
        ownerId: data.owner_id,
        user: { id: data.user_id, username: data.username },
        revision: data.members_revision,
      },
      tx,
    ),
  { inTurn: ({ project_id }) => project_id },
);
