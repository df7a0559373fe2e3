import { messageDeleted } from '@commons/contracts';
import type { ChatContext } from '../context.ts';
import { recipientsOf } from '../domain/chat.ts';
import { presentMessage } from '../domain/present-message.ts';
import { countReaders } from '../domain/read-mark.ts';
import { findOwnMessage } from './find-own-message.ts';

type Parts = Pick<ChatContext, 'chats' | 'messages' | 'readMarks' | 'transaction'>;

export type DeleteMessage = { chatId: string; messageId: string; userId: string };

/** Empties a message; a tombstone stays. Again changes nothing. @throws ChatNotFound, MessageNotFound, NotYourMessage */
export async function deleteMessage(ctx: Parts, own: DeleteMessage): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { chat, message } = await findOwnMessage(ctx, own, tx);
    if (message.isDeleted) return;
    const buried = await ctx.messages.bury(message.id, tx);
    const readings = await ctx.readMarks.atOrBeyond([buried], tx);
    tx.emit(messageDeleted, buried.id, {
      message: presentMessage(buried, countReaders(buried, readings)),
      revision: buried.revision,
      recipient_ids: recipientsOf(chat),
    });
  });
}
