import type { ChatMessage } from '@commons/contracts';
import type { ChatContext } from '../context.ts';
import type { Message } from '../domain/message.ts';
import { presentMessage } from '../domain/present-message.ts';
import { countReaders } from '../domain/read-mark.ts';

/**
 * Messages with the number of those who have read them. It comes from the read marks of the chat, at most as many as take part:
 * nothing is written for a reader and a message.
 */
export async function showMessages(
  { readMarks }: Pick<ChatContext, 'readMarks'>,
  messages: readonly Message[],
): Promise<ChatMessage[]> {
  const lowest = new Map<string, number>();
  for (const { chatId, seq } of messages) lowest.set(chatId, Math.min(seq, lowest.get(chatId) ?? seq));
  const readings = await readMarks.atOrBeyond([...lowest].map(([chatId, seq]) => ({ chatId, seq })));
  return messages.map((message) => presentMessage(message, countReaders(message, readings)));
}
