import type { ChatContext } from '../context.ts';
import { NotAGroup } from '../domain/chat-errors.ts';
import { participantIn } from '../domain/chat.ts';
import { findOwnChat } from './find-own-chat.ts';
import { takeOut } from './take-out.ts';

type Parts = Pick<ChatContext, 'chats' | 'readMarks' | 'jobs' | 'transaction' | 'queue' | 'clock' | 'log'>;

/**
 * Leaves a group, or puts a direct chat away; the chat of a project is left by leaving the project.
 * @throws ChatNotFound, NotAGroup
 */
export async function leaveChat(ctx: Parts, own: { chatId: string; userId: string }): Promise<void> {
  await ctx.queue(own.chatId, () =>
    ctx.transaction(async (tx) => {
      const chat = await findOwnChat(ctx, own, tx);
      if (chat.type === 'project') throw new NotAGroup();
      const leaving = chat.type === 'direct' ? participantIn(chat, own.userId) : undefined;
      await takeOut(ctx, { chat, userId: own.userId, away: [...chat.away, ...(leaving ? [leaving] : [])] }, tx);
    }),
  );
  ctx.log.info({ chatId: own.chatId }, 'chat left');
}
