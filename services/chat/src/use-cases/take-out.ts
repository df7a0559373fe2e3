import { participantRemoved } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { recipientsOf, withoutParticipant, type Chat, type Participant } from '../domain/chat.ts';

type Parts = Pick<ChatContext, 'chats' | 'readMarks' | 'jobs' | 'clock'>;

/** Takes somebody out of a chat, within a transaction. With the last one it goes, and all its messages. */
export async function takeOut(
  ctx: Parts,
  { chat, userId, away = [] }: { chat: Chat; userId: string; away?: readonly Participant[] },
  tx: Transaction,
): Promise<void> {
  const participants = withoutParticipant(chat, userId);
  await ctx.readMarks.close(chat.id, userId, tx);
  const at = ctx.clock.now();
  const changed =
    participants.length === 0
      ? { ...chat, participants, participantsRevision: chat.participantsRevision + 1 }
      : await ctx.chats.setParticipants(chat.id, { participants, away: [...away], at }, tx);
  tx.emit(participantRemoved, chat.id, {
    chat_id: chat.id,
    user_id: userId,
    revision: changed.participantsRevision,
    recipient_ids: recipientsOf(changed),
  });
  if (participants.length === 0) await dropChat(ctx, chat.id, tx);
}

/** Removes a chat: nobody can reach its messages from now on, and they go one batch after the other. */
export async function dropChat(
  { chats, jobs }: Pick<Parts, 'chats' | 'jobs'>,
  chatId: string,
  tx: Transaction,
): Promise<void> {
  await chats.remove(chatId, tx);
  await jobs.add('purge-chat', chatId, { chat_id: chatId }, tx);
}
