import type { Api, Chat, Message, Participant } from '../src/api.ts';
import type { ClientFrame, ServerFrame } from '../src/frames.ts';
import { createSession, type Session } from '../src/session.ts';

export const alice: Participant = { user_id: 'a', username: 'alice' };
export const bob: Participant = { user_id: 'b', username: 'bob' };
export const carol: Participant = { user_id: 'c', username: 'carol' };

export const aMessage = (overrides: Partial<Message> = {}): Message => ({
  id: `m${overrides.seq ?? 1}`,
  chat_id: 'ab',
  seq: 1,
  author_id: bob.user_id,
  content: 'good morning',
  media: [],
  created_at: '2026-01-31T09:30:00.000Z',
  deleted: false,
  ...overrides,
});

export const aChat = (overrides: Partial<Chat> = {}): Chat => ({
  id: 'ab',
  type: 'direct',
  title: null,
  participants: [alice, bob],
  last_message: null,
  unread_count: 0,
  ...overrides,
});

export interface SessionUnderTest {
  session: Session;
  /** What was shown, a line after the other, each moment without its hour. */
  lines: string[];
  prompts: string[];
  frames: ClientFrame[];
  link: { isOpen: boolean };
  chats: Chat[];
  messages: Map<string, Message[]>;
  made: object[];
  /** Has frames read, and waits until they are. */
  receive(...frames: ServerFrame[]): Promise<void>;
}

/** A session of alice's with a platform, a connection and a screen in memory. */
export function sessionUnderTest(chats: Chat[] = [aChat()]): SessionUnderTest {
  const lines: string[] = [];
  const prompts: string[] = [];
  const frames: ClientFrame[] = [];
  const link = { isOpen: true };
  const messages = new Map<string, Message[]>();
  const made: object[] = [];
  const api: Api = {
    me: alice,
    token: () => Promise.resolve('token'),
    chats: () => Promise.resolve(chats),
    chat: (id) => {
      const found = chats.find((chat) => chat.id === id);
      return found ? Promise.resolve(found) : Promise.reject(new Error('There is no such chat.'));
    },
    findUser: (username) => Promise.resolve([bob, carol].find((user) => user.username === username.toLowerCase())),
    openChat: (chat) => {
      made.push(chat);
      return Promise.resolve(aChat({ id: 'new', participants: [alice, carol], title: chat.title ?? null }));
    },
    history: (chatId) => Promise.resolve(messages.get(chatId) ?? []),
  };
  const session = createSession({
    api,
    link: {
      send: (frame) => {
        if (link.isOpen) frames.push(frame);
        return link.isOpen;
      },
    },
    screen: {
      print: (line) => lines.push(line.replaceAll(/\d\d:\d\d /g, '')),
      setPrompt: (prompt) => prompts.push(prompt),
    },
  });
  return {
    ...{ session, lines, prompts, frames, link, chats, messages, made },
    async receive(...received) {
      received.forEach((frame) => session.receive(frame));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
