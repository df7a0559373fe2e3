import { messageDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';

export const onMessageDeleted = subscribe(
  messageDeleted,
  ({ ctx, data: { message }, tx }) => ctx.messageNews.takeBack(message.chat_id, message.seq, tx),
  { inTurn: ({ message }) => message.chat_id },
);
