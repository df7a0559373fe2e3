import type { ChatMessage } from '@commons/contracts';
import { created, ok, type Answer } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { presentMessage } from '../domain/present-message.ts';
import { sendMessage, type SendMessage } from '../use-cases/send-message.ts';
import { showMessages } from '../use-cases/show-messages.ts';

/** Sends a message. @returns it as it is seen, and whether it had not been sent before: then nobody has read it. */
export async function sendAndShow(
  ctx: ChatContext,
  wanted: SendMessage,
): Promise<{ view: ChatMessage; isNew: boolean }> {
  const { message, isNew } = await sendMessage(ctx, wanted);
  const [view = presentMessage(message, 0)] = isNew ? [] : await showMessages(ctx, [message]);
  return { view, isNew };
}

/** Sends a message, and answers with it: 201, or 200 where it had been sent before. It is found in the list of its chat. */
export async function answerWithSent(ctx: ChatContext, wanted: SendMessage): Promise<Answer> {
  const { view, isNew } = await sendAndShow(ctx, wanted);
  return isNew ? created(view, `/api/chats/${wanted.chatId}/messages`) : ok(view);
}
