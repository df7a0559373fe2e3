import { chatMessage, id } from '@commons/contracts';
import { route } from '../context.ts';
import { answerWithSent } from './message-answer.ts';
import { messageBody, toSendMessage } from './message-body.ts';

/** Clients of earlier systems name the chat in the body; the gateway, which reads no bodies, sends them here. */
export const sendMessageToNamedChat = route({
  method: 'POST',
  path: '/api/chats/messages',
  summary: 'As POST /api/chats/{id}/messages, with the chat named in the body',
  access: 'user',
  body: messageBody.extend({ chat_id: id }),
  answers: { 200: chatMessage, 201: chatMessage },
  errors: [403, 404, 409],
  handler: ({ ctx, body, user }) => answerWithSent(ctx, toSendMessage(body.chat_id, user, body)),
});
