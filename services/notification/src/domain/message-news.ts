import type { ChatType, EventData, messageSent } from '@commons/contracts';

/** Unread messages of a chat beyond this many are not counted. */
export const MAX_UNREAD = 100;

/** The chat that messages are in, as their recipients call it. */
export type ChatName = { type: ChatType; title: string | null };

/** A message that somebody has sent, as `chat` told of it. */
export type MessageNews = {
  chatId: string;
  seq: number;
  chat: ChatName;
  author: { id: string; username: string };
  recipientIds: string[];
};

/** What an event about a message tells; undefined where nobody in particular wrote it. */
export function messageNews(data: EventData<typeof messageSent>): MessageNews | undefined {
  const { message, author_username: username, chat_type: type, chat_title: title, recipient_ids: recipientIds } = data;
  if (message.author_id === null) return undefined;
  const author = { id: message.author_id, username };
  return { chatId: message.chat_id, seq: message.seq, chat: { type, title }, author, recipientIds };
}

/** A message writes to what is kept of its chat, and to what is kept of its author. */
export const turnsOfMessage = ({ message }: Pick<EventData<typeof messageSent>, 'message'>): string[] => [
  message.chat_id,
  `actor:${message.author_id ?? ''}`,
];

/** The text of a notification of messages, of which the latest is by `actor`. */
export function textOfMessages({ type, title }: ChatName, actor: string, count: number): string {
  const many = count < MAX_UNREAD ? `${count}` : `${MAX_UNREAD} or more`;
  if (type === 'direct') return count === 1 ? `${actor} sent you a message` : `${actor} sent you ${many} messages`;
  const where = title ?? 'a group';
  return count === 1 ? `${actor} wrote in ${where}` : `${many} new messages in ${where}, the latest by ${actor}`;
}
