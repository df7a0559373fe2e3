import { messageEdited, type ChatMessage } from '@commons/contracts';
import { Conflict, Unprocessable } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { Blocked } from '../domain/chat-errors.ts';
import { recipientsOf } from '../domain/chat.ts';
import { isEditable, saysSomething } from '../domain/message.ts';
import { presentMessage } from '../domain/present-message.ts';
import { countReaders } from '../domain/read-mark.ts';
import { isBlocked } from './find-own-chat.ts';
import { findOwnMessage } from './find-own-message.ts';

type Parts = Pick<ChatContext, 'chats' | 'messages' | 'readMarks' | 'blocks' | 'transaction' | 'clock'>;

export type EditMessage = { chatId: string; messageId: string; userId: string; content: string };

/**
 * Writes a message anew, within a day.
 * @throws ChatNotFound, MessageNotFound, NotYourMessage, Blocked, Conflict where it is too late or deleted, Unprocessable.
 */
export async function editMessage(ctx: Parts, { content, ...own }: EditMessage): Promise<ChatMessage> {
  return ctx.transaction(async (tx) => {
    const { chat, message } = await findOwnMessage(ctx, own, tx);
    if (await isBlocked(ctx, chat, own.userId)) throw new Blocked();
    const at = ctx.clock.now();
    if (message.isDeleted) throw new Conflict('The message has been deleted.', 'message_deleted');
    if (!isEditable(message, at)) throw new Conflict('A message can be edited for a day.', 'edit_too_late');
    if (!saysSomething({ content, media: message.media }))
      throw new Unprocessable('A message needs content or media.', 'message_empty');
    const edited = await ctx.messages.edit(message.id, { content: content.toWellFormed(), at }, tx);
    const readings = await ctx.readMarks.atOrBeyond([edited], tx);
    const view = presentMessage(edited, countReaders(edited, readings));
    tx.emit(messageEdited, edited.id, {
      message: view,
      revision: edited.revision,
      recipient_ids: recipientsOf(chat),
    });
    return view;
  });
}
