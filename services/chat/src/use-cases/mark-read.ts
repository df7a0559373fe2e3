import { chatRead } from '@commons/contracts';
import type { ChatContext } from '../context.ts';
import { ChatNotFound } from '../domain/chat-errors.ts';
import { recipientsOf } from '../domain/chat.ts';
import { unreadCount } from '../domain/read-mark.ts';
import { findOwnChat, findReadableChat } from './find-own-chat.ts';

type Parts = Pick<ChatContext, 'chats' | 'messages' | 'readMarks' | 'blocks' | 'transaction'>;

export type MarkRead = { chatId: string; userId: string; seq: number };

/** Notes that somebody has read a chat up to a message; it never steps back. @returns how many are unread. @throws ChatNotFound */
export async function markRead(ctx: Parts, { seq, ...own }: MarkRead): Promise<number> {
  await findReadableChat(ctx, own);
  return ctx.transaction(async (tx) => {
    const chat = await findOwnChat(ctx, own, tx);
    const mark = (await ctx.readMarks.of(own.userId, [own.chatId], tx)).get(own.chatId);
    if (!mark) throw new ChatNotFound();
    const readSeq = Math.min(seq, chat.lastSeq);
    if (readSeq <= mark.readSeq) return unreadCount(chat, mark);
    const ownUnread = mark.ownUnread === 0 ? 0 : await ctx.messages.countOwn(own.chatId, own.userId, readSeq, tx);
    await ctx.readMarks.set({ ...own, readSeq, ownUnread }, tx);
    tx.emit(chatRead, chat.id, {
      chat_id: chat.id,
      user_id: own.userId,
      seq: readSeq,
      recipient_ids: recipientsOf(chat),
    });
    return unreadCount(chat, { ...mark, readSeq, ownUnread });
  });
}
