import type { Message } from '../domain/message.ts';
import type { MessageDocument } from './message-model.ts';

/** What readers of a message need of its document: all but what serves its search. */
export const WITHOUT_WORDS = { words: 0 } as const;

/** A stored message as the rest of the service knows it. */
export const toMessage = (stored: Omit<MessageDocument, 'words'>): Message => ({
  id: stored._id.toHexString(),
  chatId: stored.chat_id.toHexString(),
  seq: stored.seq,
  authorId: stored.author_id?.toHexString() ?? null,
  content: stored.content,
  media: stored.media.map(({ photo_id, type }) => ({ photo_id: photo_id.toHexString(), type })),
  replyToId: stored.reply_to?.toHexString() ?? null,
  clientId: stored.client_id ?? null,
  createdAt: stored.created_at,
  editedAt: stored.edited_at,
  isDeleted: stored.deleted,
  revision: stored.revision,
});
