import { typingStarted } from '@commons/contracts';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';

/** How often others are told that a user is writing, in milliseconds. */
const EVERY_MS = 2_000;

/**
 * Tells the others in a chat, at whichever replica they are, that its user is writing. It is told now and then, however often it is
 * said; where the broker is away it is lost.
 * @throws what `chat` answers: 404 to whoever is not in the chat.
 */
export async function tellTyping(
  { chats, announce, clock, typingOutage }: RealtimeContext,
  { user, typedAt }: Connection,
  chatId: string,
): Promise<void> {
  const mates = await chats.matesOf(user, chatId);
  const now = clock.now().getTime();
  if (mates.length === 0 || now - (typedAt.get(chatId) ?? 0) < EVERY_MS) return;
  typedAt.set(chatId, now);
  const event = { chat_id: chatId, user_id: user.id, recipient_ids: mates };
  await typingOutage.bear(announce(typingStarted, chatId, event));
}
