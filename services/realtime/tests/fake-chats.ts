import {
  listChatMates,
  listContacts,
  listMessagesAfter,
  markChatRead,
  sendMessage,
  type ChatMessage,
  type EventData,
  type messageSent,
} from '@commons/contracts';
import { Forbidden, NotFound } from '@commons/platform';
import { anId, fakeCall, type FakeCall } from '@commons/platform/testing';

type Sent = EventData<typeof messageSent>;
type Chat = { id: string; participants: string[]; messages: ChatMessage[] };

/** A `chat` that keeps its chats in memory. It tells nobody: a test has its events delivered, or lost. */
export type FakeChats = {
  calls: FakeCall[];
  open(participants: readonly string[]): string;
  remove(chatId: string, userId: string): void;
  /** Stores a message. @returns the event that tells of it. */
  write(chatId: string, authorId: string, content?: string): Sent;
  /** Changes a stored message. @returns it. */
  change(message: ChatMessage, change: Partial<ChatMessage>): ChatMessage;
  messagesOf(chatId: string): ChatMessage[];
  /** What was asked so far of `ListMessagesAfter`. */
  fetched(): { chat_id: string; after_seq: number; user: { id: string } }[];
  /** Messages that one answer holds at most. */
  pageSize: number;
};

export function fakeChats(): FakeChats {
  const chats = new Map<string, Chat>();

  function chatOf(id: string, userId: string): Chat {
    const chat = chats.get(id);
    if (!chat?.participants.includes(userId)) throw new NotFound('There is no such chat.', 'chat_not_found');
    return chat;
  }

  function store(chat: Chat, authorId: string, content: string): ChatMessage {
    const message: ChatMessage = {
      id: anId(),
      chat_id: chat.id,
      seq: chat.messages.length + 1,
      author_id: authorId,
      content,
      media: [],
      reply_to: null,
      created_at: new Date().toISOString(),
      edited_at: null,
      deleted: false,
      read_by_count: 0,
    };
    chat.messages.push(message);
    return message;
  }

  const listAfter = fakeCall(listMessagesAfter, ({ user, chat_id, after_seq, limit }) => {
    const { messages } = chatOf(chat_id, user.id);
    const after = messages.filter(({ seq }) => seq > after_seq);
    const page = after.slice(0, Math.min(limit, fake.pageSize));
    return { messages: page, last_seq: messages.length, has_more: page.length < after.length };
  });
  const sent = new Map<string, ChatMessage>();

  const fake: FakeChats = {
    pageSize: 200,
    calls: [
      listAfter,
      fakeCall(sendMessage, ({ user, chat_id, content = '', client_id }) => {
        const chat = chatOf(chat_id, user.id);
        if (content === 'forbidden') throw new Forbidden('They do not take messages from you.', 'blocked');
        const known = client_id !== undefined ? sent.get(client_id) : undefined;
        const message = known ?? store(chat, user.id, content);
        if (client_id !== undefined) sent.set(client_id, message);
        return { message, is_new: !known };
      }),
      fakeCall(markChatRead, ({ user, chat_id, seq }) => ({
        unread_count: chatOf(chat_id, user.id).messages.length - seq,
      })),
      fakeCall(listChatMates, ({ user, chat_id }) => ({
        user_ids: chatOf(chat_id, user.id).participants.filter((id) => id !== user.id),
      })),
      fakeCall(listContacts, ({ user_id }) => ({
        user_ids: [...new Set([...chats.values()].map(({ participants }) => participants))]
          .filter((participants) => participants.includes(user_id))
          .flat()
          .filter((id, index, all) => id !== user_id && all.indexOf(id) === index),
      })),
    ],
    open(participants) {
      const id = anId();
      chats.set(id, { id, participants: [...participants], messages: [] });
      return id;
    },
    remove(chatId, userId) {
      const chat = chatOf(chatId, userId);
      chat.participants = chat.participants.filter((id) => id !== userId);
    },
    write(chatId, authorId, content = 'hello') {
      const chat = chatOf(chatId, authorId);
      const message = store(chat, authorId, content);
      return {
        message,
        revision: 0,
        recipient_ids: [...chat.participants],
        author_username: 'somebody',
        chat_type: 'group',
        chat_title: null,
        client_id: null,
      };
    },
    change(message, change) {
      const chat = chats.get(message.chat_id);
      const changed = { ...message, ...change };
      if (chat) chat.messages = chat.messages.map((each) => (each.id === message.id ? changed : each));
      return changed;
    },
    messagesOf: (chatId) => chats.get(chatId)?.messages ?? [],
    fetched: () => listAfter.inputs as ReturnType<FakeChats['fetched']>,
  };
  return fake;
}
