import type { RealtimeContext } from '../context.ts';
import type { PresenceFlip } from '../domain/presence.ts';
import { contactsOfAll } from './contacts-of-all.ts';
import { showPresence } from './show-presence.ts';

/**
 * Tells those who share a chat from now on who of them is there.
 * @param newcomerIds those who have come to the chat; `memberIds` are all who are in it.
 */
export async function introduceParticipants(
  ctx: Pick<RealtimeContext, 'chats' | 'connections' | 'presences'>,
  { newcomerIds, memberIds }: { newcomerIds: readonly string[]; memberIds: readonly string[] },
): Promise<void> {
  const { connections, presences } = ctx;
  const isOldHere = memberIds.some((id) => !newcomerIds.includes(id) && connections.isHere(id));
  const contacts = await contactsOfAll(
    ctx,
    newcomerIds.filter((id) => isOldHere || connections.isHere(id)),
  );
  const shown = new Map((await presences.shownAmong(memberIds)).map((flip) => [flip.userId, flip]));
  for (const [newcomerId, theirs] of contacts) {
    const known = new Set(theirs);
    for (const memberId of memberIds.filter((id) => known.has(id))) {
      show(newcomerId, shown.get(memberId));
      show(memberId, shown.get(newcomerId));
    }
  }

  function show(viewerId: string, flip: PresenceFlip | undefined): void {
    if (flip) connections.ofUser(viewerId).forEach((connection) => showPresence(connection, flip));
  }
}
