import type { Transaction } from '@commons/platform';
import type { NotificationContext } from '../context.ts';

/** Of more than these, it is quicker to ask for all who are apart from the actor. */
const FEW = 20;

/**
 * Those among some users who may hear of what somebody did: not they themselves, nobody who has been erased, and nobody whom a
 * block keeps apart from them, whoever of the two blocks. Within a transaction that holds the actor, so that it stays true.
 */
export async function whoMayHear(
  { people, blocks }: Pick<NotificationContext, 'people' | 'blocks'>,
  { actorId, userIds }: { actorId: string; userIds: readonly string[] },
  tx: Transaction,
): Promise<Set<string>> {
  const may = new Set(userIds);
  may.delete(actorId);
  for (const userId of await people.erasedAmong([...may], tx)) may.delete(userId);
  if (may.size > FEW) for (const userId of await blocks.hiddenFrom(actorId)) may.delete(userId);
  else for (const userId of may) if (await blocks.areApart(actorId, userId, tx)) may.delete(userId);
  return may;
}
