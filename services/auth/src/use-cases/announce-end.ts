import type { Revocation } from '@commons/contracts';
import type { AuthContext } from '../context.ts';

/** What ended in a transaction. */
export type Ended = { revocations: readonly Revocation[]; sessionIds: readonly string[] };

/** Once the transaction is committed: has this replica refuse the tokens at once, and drops the sessions from the cache. */
export async function announceEnd(
  { revocations, sessionCache }: Pick<AuthContext, 'revocations' | 'sessionCache'>,
  ended: Ended,
): Promise<void> {
  for (const revocation of ended.revocations) revocations.add(revocation);
  await sessionCache.forget(ended.sessionIds);
}
