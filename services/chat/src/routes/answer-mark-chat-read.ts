import { markChatRead } from '@commons/contracts';
import { answer } from '../context.ts';
import { markRead } from '../use-cases/mark-read.ts';

/** A read mark over a WebSocket. */
export const answerMarkChatRead = answer(markChatRead, async ({ ctx, input: { user, chat_id, seq } }) => ({
  unread_count: await markRead(ctx, { chatId: chat_id, userId: user.id, seq }),
}));
