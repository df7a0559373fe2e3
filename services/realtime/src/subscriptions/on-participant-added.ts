import { participantAdded } from '@commons/contracts';
import { listen } from '../context.ts';
import { introduceParticipants } from '../use-cases/introduce-participants.ts';

/** Tells whoever has come to a chat who of the others is there, and the others that they are. */
export const onParticipantAdded = listen(participantAdded, async ({ ctx, data }) => {
  ctx.chats.forget(data.chat_id, data.recipient_ids);
  await introduceParticipants(ctx, { newcomerIds: [data.user_id], memberIds: data.recipient_ids });
});
