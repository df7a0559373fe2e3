import { messageDeleted, userDataErased } from '@commons/contracts';
import type { JobRun, Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { participantIn, recipientsOf, type Chat } from '../domain/chat.ts';
import { presentMessage } from '../domain/present-message.ts';
import { countReaders } from '../domain/read-mark.ts';
import { dropChat, takeOut } from './take-out.ts';

type Parts = Pick<ChatContext, 'chats' | 'messages' | 'readMarks' | 'projects' | 'jobs' | 'clock' | 'log' | 'service'>;

/** Chats that one transaction takes somebody out of: each is held, and others may be waiting for it. */
const CHATS = 20;
/** Messages that one transaction empties, each with its event. */
const MESSAGES = 50;

/**
 * Removes an erased user, a batch at each step: first from chats, so that nothing is added there any more, then from messages,
 * which stay as tombstones that nobody wrote. The last step reports it done.
 */
export async function erasePerson(ctx: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  const { user_id } = data;
  let isDone = false;
  await commit(async (tx) => {
    isDone = false;
    const chats = await ctx.chats.someOf(user_id, CHATS, tx);
    for (const chat of chats) await withdraw(ctx, chat, user_id, tx);
    if (chats.length > 0) return data;
    if ((await anonymise(ctx, user_id, tx)) === MESSAGES) return data;
    await ctx.projects.forgetMember(user_id, tx);
    isDone = true;
    tx.emit(userDataErased, user_id, { user_id, service: ctx.service });
    return undefined;
  });
  if (isDone) ctx.log.info({ userId: user_id }, 'person erased');
}

/** Somebody whose partner had put their direct chat away was the last one in it: it goes, unless the partner is still there. */
async function withdraw(ctx: Parts, chat: Chat, userId: string, tx: Transaction): Promise<void> {
  const isIn = participantIn(chat, userId) !== undefined;
  const isLast = isIn && chat.participants.length === 1;
  if (chat.pair && !isLast) await ctx.chats.dissolvePair(chat.id, tx);
  if (isIn) return takeOut(ctx, { chat, userId }, tx);
  if (chat.participants.length === 0) return dropChat(ctx, chat.id, tx);
  const away = chat.away.filter((participant) => participant.userId !== userId);
  await ctx.chats.setParticipants(chat.id, { participants: chat.participants, away, at: chat.updatedAt }, tx);
}

async function anonymise(ctx: Parts, userId: string, tx: Transaction): Promise<number> {
  const some = await ctx.messages.someOf(userId, MESSAGES, tx);
  const chats = new Map<string, Chat | undefined>();
  for (const { id, chatId } of some) {
    const emptied = await ctx.messages.anonymise(id, tx);
    const chat = chats.has(chatId) ? chats.get(chatId) : await ctx.chats.find(chatId, tx);
    chats.set(chatId, chat);
    if (!chat) continue;
    const readings = await ctx.readMarks.atOrBeyond([emptied], tx);
    tx.emit(messageDeleted, emptied.id, {
      message: presentMessage(emptied, countReaders(emptied, readings)),
      revision: emptied.revision,
      recipient_ids: recipientsOf(chat),
    });
  }
  return some.length;
}
