import { randomUUID } from 'node:crypto';
import type { Api, Chat } from './api.ts';
import { createChatBook } from './chat-book.ts';
import { COMMANDS, parseCommand } from './command.ts';
import { chatLine, messageLine, titleOf } from './format.ts';
import { createFrameReader } from './frame-reader.ts';
import type { ClientFrame, ServerFrame } from './frames.ts';
import type { Link } from './link.ts';
import { createChatOpener } from './chat-opener.ts';
import { SentenceError } from './sentence-error.ts';

/** Where a session shows itself. */
export interface Screen {
  print(line: string): void;
  /** What stands before the line that is typed. */
  setPrompt(prompt: string): void;
}

export interface Session {
  /** Reads the chats and shows them. */
  begin(): Promise<void>;
  /** Does what a typed line asks for. Answers false where it asks for the end. */
  take(line: string): Promise<boolean>;
  /** A key was pressed: the others see that something is being written. */
  typed(): void;
  receive(frame: ServerFrame): void;
  /** The connection is there: what was missed is asked for, and what was not acknowledged is said again. */
  connected(isAgain: boolean): void;
}

const HISTORY = 20;
/** How often the others are told that something is being written, in milliseconds. */
const TYPING_EVERY_MS = 3_000;

/** One person's session: what they type becomes requests and frames, what comes becomes lines. */
export function createSession({ api, link, screen }: { api: Api; link: Pick<Link, 'send'>; screen: Screen }): Session {
  const book = createChatBook(api);
  /** What was said and is not acknowledged, by the id of its frame. */
  const unanswered = new Map<string, ClientFrame>();
  let current: Chat | undefined;
  let typedAt = 0;
  const { chatWith, groupOf } = createChatOpener(api, book);
  const reader = createFrameReader({ book, unanswered, screen, currentId: () => current?.id, markRead });

  function markRead(chatId: string, seq: number): void {
    link.send({ type: 'chat.read', data: { chat_id: chatId, seq } });
  }

  function say(text: string): void {
    if (!current) return screen.print('Open a chat first: /chat NAME.');
    const id = randomUUID();
    const frame: ClientFrame = {
      type: 'message.send',
      id,
      data: { chat_id: current.id, content: text, client_id: id },
    };
    unanswered.set(id, frame);
    if (!link.send(frame)) screen.print('(it is sent as soon as the connection is back)');
  }

  function tellTyping(): void {
    if (current) link.send({ type: 'chat.typing', data: { chat_id: current.id } });
  }

  async function open(chat: Chat): Promise<void> {
    const messages = await api.history(chat.id, HISTORY);
    current = chat;
    screen.setPrompt(`${titleOf(chat, book.me)}> `);
    screen.print(`— ${titleOf(chat, book.me)} —`);
    for (const message of messages) {
      book.note(message);
      screen.print(messageLine(message, book.names));
    }
    const last = messages.at(-1);
    if (last) markRead(chat.id, last.seq);
  }

  function showChats(): void {
    const chats = book.list();
    if (chats.length === 0) screen.print('No chats yet. /chat NAME begins one.');
    chats.forEach((chat, index) => screen.print(chatLine(chat, index + 1, book)));
  }

  async function run(line: string): Promise<boolean> {
    const command = parseCommand(line);
    switch (command.type) {
      case 'quit':
        return false;
      case 'say':
        say(command.text);
        break;
      case 'open':
        await open(await chatWith(command.name));
        break;
      case 'group':
        await open(await groupOf(command.title, command.names));
        break;
      case 'chats':
        await book.refresh({ isSeen: false });
        showChats();
        break;
      case 'typing':
        tellTyping();
        break;
      case 'help':
        screen.print(COMMANDS);
        break;
      case 'wrong':
        screen.print(command.sentence);
        break;
      case 'nothing':
    }
    return true;
  }

  async function resume(isAgain: boolean): Promise<void> {
    if (isAgain) await book.refresh({ isSeen: false });
    link.send({ type: 'resume', data: { chats: book.lastSeqs() } });
  }

  return {
    async begin() {
      await book.refresh({ isSeen: true });
      showChats();
    },
    async take(line) {
      try {
        return await run(line);
      } catch (error) {
        if (!(error instanceof SentenceError)) throw error;
        screen.print(error.message);
        return true;
      }
    },
    typed() {
      if (!current || Date.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = Date.now();
      tellTyping();
    },
    receive: reader.receive,
    connected(isAgain) {
      if (isAgain) screen.print('(connected again)');
      resume(isAgain).catch((error: unknown) => screen.print(error instanceof Error ? error.message : String(error)));
      unanswered.forEach((frame) => link.send(frame));
    },
  };
}
