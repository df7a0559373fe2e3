import type { Message } from './api.ts';
import type { ChatBook } from './chat-book.ts';
import { messageLine, nameOf, titleOf } from './format.ts';
import type { ClientFrame, ServerFrame } from './frames.ts';

interface Parts {
  book: ChatBook;
  unanswered: Map<string, ClientFrame>;
  screen: { print(line: string): void };
  /** The chat that is open. */
  currentId: () => string | undefined;
  markRead: (chatId: string, seq: number) => void;
}

/** Somebody who goes on writing is shown once in so long, in milliseconds. */
const TYPING_SHOWN_MS = 5_000;

/** Turns frames into lines, one after the other, as some need to ask for something first. */
export function createFrameReader({ book, unanswered, screen, currentId, markRead }: Parts) {
  const typingShownAt = new Map<string, number>();
  let work = Promise.resolve();

  async function showMessage(message: Message): Promise<void> {
    if (!book.note(message)) return;
    const isOwn = message.author_id === book.me.user_id;
    if (message.author_id !== null) typingShownAt.delete(message.author_id);
    if (message.chat_id === currentId()) {
      if (!isOwn) markRead(message.chat_id, message.seq);
      screen.print(messageLine(message, book.names));
      return;
    }
    const chat = await book.chatOf(message);
    if (!isOwn) screen.print(`[${titleOf(chat, book.me)}] ${messageLine(message, book.names)}`);
  }

  function showTyping({ chat_id, user_id }: { chat_id: string; user_id: string }): void {
    const isShown = Date.now() - (typingShownAt.get(user_id) ?? 0) < TYPING_SHOWN_MS;
    if (chat_id !== currentId() || isShown) return;
    typingShownAt.set(user_id, Date.now());
    screen.print(`(${nameOf(user_id, book.names)} is writing …)`);
  }

  function showRefusal(id: string | undefined, detail: string): void {
    const wasSaid = id !== undefined && unanswered.delete(id);
    screen.print(wasSaid ? `Not sent: ${detail}` : detail);
  }

  async function read(frame: ServerFrame): Promise<void> {
    const { names, me } = book;
    switch (frame.type) {
      case 'message.created':
        return showMessage(frame.data);
      case 'message.edited':
      case 'message.deleted':
        if (frame.data.chat_id !== currentId()) return;
        return screen.print(`(${frame.type.replace('message.', '')}) ${messageLine(frame.data, names)}`);
      case 'chat.typing':
        return showTyping(frame.data);
      case 'chat.read':
        if (frame.data.chat_id !== currentId() || frame.data.user_id === me.user_id) return;
        return screen.print(`(${nameOf(frame.data.user_id, names)} has read it)`);
      case 'presence':
        if (!names.has(frame.data.user_id)) return;
        return screen.print(`(${nameOf(frame.data.user_id, names)} is ${frame.data.online ? 'here' : 'gone'})`);
      case 'ack':
        if (frame.id !== undefined) unanswered.delete(frame.id);
        return;
      case 'error':
        return showRefusal(frame.id, frame.data.detail);
      case 'pong':
    }
  }

  return {
    receive(frame: ServerFrame): void {
      work = work.then(() => read(frame)).catch((error: unknown) => screen.print((error as Error).message));
    },
  };
}
