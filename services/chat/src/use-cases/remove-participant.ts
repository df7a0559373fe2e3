import { NotFound } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { participantIn } from '../domain/chat.ts';
import { findOwnChat } from './find-own-chat.ts';
import { requireGroupAdmin } from './require-group-admin.ts';
import { takeOut } from './take-out.ts';

type Parts = Pick<ChatContext, 'chats' | 'readMarks' | 'jobs' | 'transaction' | 'queue' | 'clock' | 'log'>;

export type RemoveParticipant = { chatId: string; userId: string; removedId: string };

/** Takes somebody out of a group. @throws ChatNotFound, NotAGroup, NotAnAdmin, NotFound where they are not in it. */
export async function removeParticipant(ctx: Parts, { chatId, userId, removedId }: RemoveParticipant): Promise<void> {
  await ctx.queue(chatId, () =>
    ctx.transaction(async (tx) => {
      const chat = requireGroupAdmin(await findOwnChat(ctx, { chatId, userId }, tx), userId);
      if (!participantIn(chat, removedId))
        throw new NotFound('They do not take part in this chat.', 'participant_not_found');
      await takeOut(ctx, { chat, userId: removedId }, tx);
    }),
  );
  ctx.log.info({ chatId, removedId }, 'participant removed');
}
