import { typingStarted } from '@commons/contracts';
import { listen } from '../context.ts';
import { typingFrame } from '../domain/chat-frames.ts';

/** Shows the others in a chat that somebody is writing. */
export const onTypingStarted = listen(typingStarted, ({ ctx, data, event }) => {
  const frame = typingFrame(event.id, data);
  ctx.connections.ofUsers(data.recipient_ids).forEach((connection) => connection.send(frame));
});
