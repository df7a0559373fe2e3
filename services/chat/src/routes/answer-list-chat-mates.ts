import { listChatMates } from '@commons/contracts';
import { answer } from '../context.ts';
import { recipientsOf } from '../domain/chat.ts';
import { findReadableChat } from '../use-cases/find-own-chat.ts';

/** Whom somebody's typing is shown to. */
export const answerListChatMates = answer(listChatMates, async ({ ctx, input: { user, chat_id } }) => {
  const chat = await findReadableChat(ctx, { chatId: chat_id, userId: user.id });
  return { user_ids: recipientsOf(chat).filter((id) => id !== user.id) };
});
