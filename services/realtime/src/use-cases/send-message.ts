import type { ChatMessage, messageSendFrame } from '@commons/contracts';
import type { z } from 'zod';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';

/** Writes a message as POST /api/chats/:id/messages does. @returns it as it is stored. @throws what `chat` answers. */
export function sendMessage(
  { chats }: Pick<RealtimeContext, 'chats'>,
  { user }: Connection,
  { chat_id, content, media, reply_to, client_id }: z.output<(typeof messageSendFrame)['data']>,
): Promise<ChatMessage> {
  return chats.send(user, {
    chat_id,
    ...(typeof content === 'string' && { content }),
    ...(media && { media }),
    ...(reply_to && { reply_to }),
    ...(typeof client_id === 'string' && { client_id }),
  });
}
