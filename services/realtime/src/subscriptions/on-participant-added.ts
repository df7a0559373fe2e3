import { participantAdded } from '@commons/contracts';
import { listen } from '../context.ts';
import { introduce } from '../use-cases/introduce.ts';

/** Tells whoever has come to a chat who of the others is there, and the others that they are. */
export const onParticipantAdded = listen(participantAdded, async ({ ctx, data }) => {
  ctx.chats.forget(data.chat_id, data.recipient_ids);
  await introduce(ctx, { newcomerIds: [data.user_id], memberIds: data.recipient_ids });
});
