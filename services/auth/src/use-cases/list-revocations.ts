import type { Revocation } from '@commons/contracts';
import type { AuthContext } from '../context.ts';

/** What has ended since `since` (left out: all that still matters), and the time to ask from next. */
export async function listRevocations(
  { endedTokens, clock }: Pick<AuthContext, 'endedTokens' | 'clock'>,
  { since }: { since?: string | undefined },
): Promise<{ revocations: Revocation[]; as_of: string }> {
  const now = clock.now();
  const revocations = await endedTokens.list(since === undefined ? undefined : new Date(since), now);
  return { revocations, as_of: now.toISOString() };
}
