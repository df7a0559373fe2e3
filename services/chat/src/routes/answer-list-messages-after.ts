import { listMessagesAfter } from '@commons/contracts';
import { answer } from '../context.ts';
import { findReadableChat } from '../use-cases/find-own-chat.ts';
import { showMessages } from '../use-cases/show-messages.ts';

/** What somebody missed while they were not connected. */
export const answerListMessagesAfter = answer(
  listMessagesAfter,
  async ({ ctx, input: { user, chat_id: chatId, after_seq: after, limit } }) => {
    const { lastSeq } = await findReadableChat(ctx, { chatId, userId: user.id });
    const found = await ctx.messageList.oldest({ chatId, after, limit: limit + 1 });
    const messages = await showMessages(ctx, found.slice(0, limit));
    return { messages, last_seq: Math.max(lastSeq, found.at(-1)?.seq ?? 0), has_more: found.length > limit };
  },
);
