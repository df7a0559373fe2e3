import { chatMessage } from '@commons/contracts';
import { route } from '../context.ts';
import { chatPath } from './chat-path.ts';
import { answerWithSent } from './message-answer.ts';
import { messageBody, toSendMessage } from './message-body.ts';

export const sendMessage = route({
  method: 'POST',
  path: '/api/chats/:id/messages',
  summary: 'Writes a message; the same `client_id` again answers the same message (200)',
  access: 'user',
  params: chatPath,
  body: messageBody,
  answers: { 200: chatMessage, 201: chatMessage },
  errors: [403, 404, 409],
  handler: ({ ctx, params, body, user }) => answerWithSent(ctx, toSendMessage(params.id, user, body)),
});
