import { sendMessage as call } from '@commons/contracts';
import { parseInput } from '@commons/platform';
import { answer } from '../context.ts';
import { sendMessage } from '../use-cases/send-message.ts';
import { showMessages } from '../use-cases/show-messages.ts';
import { messageBody, toSendMessage } from './message-body.ts';

/** A message over a WebSocket, under the same rules as one over HTTP. */
export const answerSendMessage = answer(call, async ({ ctx, input: { user, chat_id, ...body } }) => {
  const wanted = toSendMessage(chat_id, user, parseInput(messageBody, body, 422));
  const { message, isNew } = await sendMessage(ctx, wanted);
  const [view] = await showMessages(ctx, [message]);
  if (!view) throw new Error('a message that was sent is always there');
  return { message: view, is_new: isNew };
});
