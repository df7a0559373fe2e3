import { messageSent, type MessageMedia } from '@commons/contracts';
import { Unprocessable, type Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { Blocked, ChatNotFound, PartnerGone } from '../domain/chat-errors.ts';
import { participantIn, partnerOf, recipientsOf, type Chat } from '../domain/chat.ts';
import { saysSomething, type Message } from '../domain/message.ts';
import type { Actor } from '../domain/person.ts';
import { presentMessage } from '../domain/present-message.ts';
import { findOwnChat, isBlocked } from './find-own-chat.ts';
import { bringBack } from './open-direct-chat.ts';
import { requireReachable } from './require-reachable.ts';

type Parts = Pick<
  ChatContext,
  'chats' | 'messages' | 'readMarks' | 'people' | 'users' | 'blocks' | 'follows' | 'transaction' | 'queue' | 'clock'
>;

export type SendMessage = {
  chatId: string;
  user: Actor;
  content: string;
  media: MessageMedia[];
  replyToId: string | null;
  clientId: string | null;
};

/**
 * Writes a message to a chat. One that its author has sent before, by its `clientId`, is only found again.
 * @throws Unprocessable, ChatNotFound, Blocked, MessagesNotTaken, PartnerGone
 */
export async function sendMessage(ctx: Parts, wanted: SendMessage): Promise<{ message: Message; isNew: boolean }> {
  if (!saysSomething(wanted)) throw new Unprocessable('A message needs content or media.', 'message_empty');
  const { chatId, user } = wanted;
  const chat = await findOwnChat(ctx, { chatId, userId: user.id });
  await requireOpen(ctx, chat, user.id);
  const username = (await ctx.people.usernames([user.id])).get(user.id) ?? user.username;
  const known = await findSent(ctx, wanted);
  if (known) return { message: known, isNew: false };
  try {
    const message = await ctx.queue(chatId, () => ctx.transaction((tx) => write(ctx, wanted, username, tx)));
    return { message, isNew: true };
  } catch (error) {
    if (error instanceof AlreadySent) return { message: error.sent, isNew: false };
    throw error;
  }
}

/** Ends a transaction whose message somebody else has just written: the `seq` that it took is given back. */
class AlreadySent extends Error {
  readonly sent: Message;

  constructor(sent: Message) {
    super('the message has been sent before');
    this.name = 'AlreadySent';
    this.sent = sent;
  }
}

async function findSent(
  { messages }: Pick<Parts, 'messages'>,
  { chatId, user, clientId }: SendMessage,
  tx?: Transaction,
): Promise<Message | undefined> {
  return clientId === null ? undefined : messages.findByClientId(chatId, user.id, clientId, tx);
}

/** In a direct chat the other one must be there, on speaking terms, and willing where they had put it away. */
async function requireOpen(ctx: Parts, chat: Chat, userId: string): Promise<void> {
  if (chat.type !== 'direct') return;
  const partnerId = partnerOf(chat, userId);
  if (partnerId === undefined) throw new PartnerGone();
  if (await isBlocked(ctx, chat, userId)) throw new Blocked();
  if (!participantIn(chat, partnerId)) await requireReachable(ctx, userId, [partnerId]);
}

/**
 * The chat is written first: whoever else writes to it at this moment has to begin again, so that no `seq` is given twice, and what
 * is read afterwards is what they left.
 */
async function write(ctx: Parts, wanted: SendMessage, username: string, tx: Transaction): Promise<Message> {
  const { chatId, user, content, media, replyToId, clientId } = wanted;
  const at = ctx.clock.now();
  const chat = await ctx.chats.addMessage(chatId, at, tx);
  if (!chat || !participantIn(chat, user.id)) throw new ChatNotFound();
  const sent = await findSent(ctx, wanted, tx);
  if (sent) throw new AlreadySent(sent);
  if (replyToId !== null && !(await ctx.messages.find(chatId, replyToId, tx))) throw wrongReply();
  const [back] = chat.away;
  const { participants } = back ? await bringBack(ctx, { ...chat, lastSeq: chat.lastSeq - 1 }, back.userId, tx) : chat;
  const fields = { content: content.toWellFormed(), media, replyToId, clientId };
  const message = await ctx.messages.create({ chatId, seq: chat.lastSeq, authorId: user.id, ...fields, at }, tx);
  await ctx.readMarks.countOwn({ chatId, seq: chat.lastSeq }, user.id, tx);
  tx.emit(messageSent, message.id, {
    message: presentMessage(message, 0),
    revision: message.revision,
    author_username: username,
    chat_type: chat.type,
    chat_title: chat.title,
    client_id: clientId,
    recipient_ids: recipientsOf({ participants }),
  });
  return message;
}

function wrongReply(): Unprocessable {
  const message = 'is no message of this chat';
  return new Unprocessable(`reply_to: ${message}`, 'reply_to_not_found', [{ path: 'reply_to', message }]);
}
