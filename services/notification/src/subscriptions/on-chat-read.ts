import { chatRead } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { noteReading } from '../use-cases/note-seat.ts';

export const onChatRead = subscribe(
  chatRead,
  ({ ctx, data: { chat_id, user_id, seq }, tx }) => noteReading(ctx, { chatId: chat_id, userId: user_id, seq }, tx),
  { inTurn: ({ chat_id, user_id }) => [chat_id, `actor:${user_id}`] },
);
