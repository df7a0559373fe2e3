import type { ChatMessage } from '@commons/contracts';
import type { ChatContext } from '../context.ts';
import type { Chat, Participant } from '../domain/chat.ts';
import { unreadCount } from '../domain/read-mark.ts';
import { showMessages } from './show-messages.ts';

type Parts = Pick<ChatContext, 'messageList' | 'readMarks' | 'people'>;

/** A chat as one who takes part in it sees it. */
export type ShownChat = {
  chat: Chat;
  participants: (Participant & { username: string })[];
  lastMessage: ChatMessage | null;
  unreadCount: number;
};

/** Chats with names, latest messages and what is unread, for somebody who takes part in them. */
export async function showChats(ctx: Parts, chats: readonly Chat[], userId: string): Promise<ShownChat[]> {
  const everybody = chats.flatMap(({ participants, away }) => [...participants, ...away].map((each) => each.userId));
  const chatIds = chats.map(({ id }) => id);
  const [latest, marks, names] = await Promise.all([
    ctx.messageList.latestOf(chats),
    ctx.readMarks.of(userId, chatIds),
    ctx.people.usernames(everybody),
  ]);
  const shown = new Map((await showMessages(ctx, [...latest.values()])).map((message) => [message.chat_id, message]));
  return chats.map((chat) => {
    const mark = marks.get(chat.id);
    return {
      chat,
      participants: [...chat.participants, ...chat.away].map((each) => ({
        ...each,
        username: names.get(each.userId) ?? '',
      })),
      lastMessage: shown.get(chat.id) ?? null,
      unreadCount: mark ? unreadCount(chat, mark) : 0,
    };
  });
}

/** The same of one. */
export async function showChat(ctx: Parts, chat: Chat, userId: string): Promise<ShownChat> {
  const [shown] = await showChats(ctx, [chat], userId);
  if (!shown) throw new Error('a chat that is shown is always there');
  return shown;
}
