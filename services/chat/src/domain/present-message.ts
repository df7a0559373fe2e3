import type { ChatMessage } from '@commons/contracts';
import type { Message } from './message.ts';

/** A message as those who take part in its chat see it, over HTTP and in events alike. */
export const presentMessage = (message: Message, readByCount: number): ChatMessage => ({
  id: message.id,
  chat_id: message.chatId,
  seq: message.seq,
  author_id: message.authorId,
  content: message.content,
  media: message.media,
  reply_to: message.replyToId,
  created_at: message.createdAt.toISOString(),
  edited_at: message.editedAt?.toISOString() ?? null,
  deleted: message.isDeleted,
  read_by_count: readByCount,
});
