import type { RealtimeContext } from '../context.ts';
import { presenceFrameOf } from '../domain/chat-frames.ts';
import type { Connection } from '../domain/connection.ts';
import type { PresenceFlip } from '../domain/presence.ts';

/** Tells a client of somebody's presence, unless it knows of that or of a later change. Of whoever was never there it is told nothing. */
export function showPresence({ presences, send }: Connection, flip: PresenceFlip): void {
  const known = presences.get(flip.userId);
  if ((known?.revision ?? -1) >= flip.revision) return;
  presences.set(flip.userId, { online: flip.online, revision: flip.revision });
  if ((known?.online ?? false) !== flip.online) send(presenceFrameOf(flip));
}

/** Tells a client who is there of those who share a chat with its user. @throws where `chat` or the database is away. */
export async function greetClient(
  { chats, presences }: Pick<RealtimeContext, 'chats' | 'presences'>,
  connection: Connection,
): Promise<void> {
  const contacts = await chats.contactsOf(connection.user.id);
  for (const flip of await presences.shownAmong(contacts)) showPresence(connection, flip);
}
