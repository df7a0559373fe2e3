import { sendMessage } from '@commons/contracts';
import { parseInput } from '@commons/platform';
import { answer } from '../context.ts';
import { sendAndShow } from './message-answer.ts';
import { messageBody, toSendMessage } from './message-body.ts';

/** A message over a WebSocket, under the same rules as one over HTTP. */
export const answerSendMessage = answer(sendMessage, async ({ ctx, input: { user, chat_id, ...body } }) => {
  const wanted = toSendMessage(chat_id, user, parseInput(messageBody, body, 422));
  const { view, isNew } = await sendAndShow(ctx, wanted);
  return { message: view, is_new: isNew };
});
