import { chatCreated } from '@commons/contracts';
import { listen } from '../context.ts';
import { introduceParticipants } from '../use-cases/introduce-participants.ts';

/** Tells those in a new chat who of them is there. */
export const onChatCreated = listen(chatCreated, async ({ ctx, data }) => {
  ctx.chats.forget(data.chat_id, data.recipient_ids);
  await introduceParticipants(ctx, { newcomerIds: data.recipient_ids, memberIds: data.recipient_ids });
});
