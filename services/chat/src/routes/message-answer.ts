import { created, ok, type Answer } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { sendMessage, type SendMessage } from '../use-cases/send-message.ts';
import { showMessages } from '../use-cases/show-messages.ts';

/** Sends a message, and answers with it: 201, or 200 where it had been sent before. It is found in the list of its chat. */
export async function sendAndShow(ctx: ChatContext, wanted: SendMessage): Promise<Answer> {
  const { message, isNew } = await sendMessage(ctx, wanted);
  const [view] = await showMessages(ctx, [message]);
  return isNew ? created(view, `/api/chats/${message.chatId}/messages`) : ok(view);
}
