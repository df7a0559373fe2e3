import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';

/** Notes that a service holds nothing of a deleted user any more. */
export async function noteErasure(
  { erasures, clock }: Pick<AuthContext, 'erasures' | 'clock'>,
  report: { userId: string; service: string },
  tx: Transaction,
): Promise<void> {
  await erasures.note(report, clock.now(), tx);
}
