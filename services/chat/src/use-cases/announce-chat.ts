import { chatCreated, participantAdded, type ParticipantRole } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { recipientsOf, type Chat } from '../domain/chat.ts';

/** Tells those who take part in a chat that it is there. */
export function announceChat(chat: Chat, creatorId: string, tx: Transaction): void {
  tx.emit(chatCreated, chat.id, {
    chat_id: chat.id,
    type: chat.type,
    title: chat.title,
    project_id: chat.projectId,
    created_by: creatorId,
    recipient_ids: recipientsOf(chat),
  });
}

/** Tells those who take part in a chat that somebody has come to it. */
export function announceParticipant(
  chat: Chat,
  { userId, role }: { userId: string; role: ParticipantRole },
  tx: Transaction,
): void {
  tx.emit(participantAdded, chat.id, {
    chat_id: chat.id,
    user_id: userId,
    role,
    revision: chat.participantsRevision,
    recipient_ids: recipientsOf(chat),
  });
}
