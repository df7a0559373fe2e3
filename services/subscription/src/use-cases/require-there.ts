import type { Counter } from '../data/counter-store.ts';
import { AccountGone, UserNotFound } from '../domain/subscription-errors.ts';

/**
 * Nothing begins between users of whom one has been deleted meanwhile.
 * @throws AccountGone where it is the one who asks, UserNotFound where it is the other.
 */
export function requireThere(both: readonly Counter[], askingId: string): void {
  const gone = both.find(({ isErased }) => isErased);
  if (gone) throw gone.userId === askingId ? new AccountGone() : new UserNotFound();
}
