import { participantRemoved } from '@commons/contracts';
import { listen } from '../context.ts';

/** Whoever has left a chat is told nothing more of it, and says nothing there. */
export const onParticipantRemoved = listen(participantRemoved, ({ ctx, data }) => {
  ctx.chats.forget(data.chat_id, [data.user_id, ...data.recipient_ids]);
  ctx.connections.ofUser(data.user_id).forEach(({ delivered }) => delivered.delete(data.chat_id));
});
