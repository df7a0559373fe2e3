import type { Chat, Message, Participant } from './api.ts';

/** Names of people by id, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

/** What a chat is called for somebody: the other's name, or the title. */
export function titleOf({ title, participants }: Chat, me: Participant): string {
  if (title !== null && title !== '') return title;
  const others = participants.filter(({ user_id }) => user_id !== me.user_id).map(({ username }) => username);
  return others.length === 0 ? me.username : others.join(', ');
}

/** A message on a line of its own, and its further lines below, e.g. `09:30 bob: good morning`. */
export function messageLine(message: Message, names: Names): string {
  return `${timeOf(message.created_at)} ${nameOf(message.author_id, names)}: ${contentOf(message)}`;
}

export const nameOf = (userId: string | null, names: Names): string =>
  userId === null ? 'somebody who has left' : (names.get(userId) ?? 'somebody');

/** A chat in the list, e.g. `1. bob (2 unread) 09:30 bob: good morning`. */
export function chatLine(chat: Chat, number: number, { me, names }: { me: Participant; names: Names }): string {
  const unread = chat.unread_count > 0 ? ` (${chat.unread_count} unread)` : '';
  const last = chat.last_message ? `  ${messageLine(chat.last_message, names)}` : '';
  return `${number}. ${titleOf(chat, me)}${unread}${last}`;
}

function contentOf({ deleted, content, media }: Message): string {
  if (deleted) return '(deleted)';
  const attached = media.length > 0 ? `[${media.length} attached]` : '';
  return printable([content, attached].filter((part) => part !== '').join(' '));
}

/** What others wrote must not move the cursor or colour the terminal; further lines are indented. */
const printable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/\p{Cc}/gu, '�'))
    .join('\n      ');

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
