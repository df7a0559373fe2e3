import type { Revocation } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { revocationModel, type RevocationDocument } from './revocation-model.ts';

/** Beyond the life of a token, in milliseconds: for clocks that differ, and for who asks late. */
const MARGIN_MS = 5 * 60_000;

export type RevocationStore = ReturnType<typeof createRevocationStore>;

/**
 * What has ended before its time, for as long as tokens could still pass.
 * @param tokenMs how long access tokens live.
 */
export function createRevocationStore(db: Connection, { tokenMs }: { tokenMs: number }) {
  const revocations = revocationModel(db);
  const keptMs = tokenMs + MARGIN_MS;
  return {
    async insert(list: readonly Revocation[], now: Date, tx: Transaction): Promise<void> {
      if (list.length === 0) return;
      const times = { at: now, expires_at: new Date(now.getTime() + keptMs) };
      await revocations.insertMany(
        list.map((revocation) => ({ _id: new Types.ObjectId(), ...revocation, ...times })),
        { session: tx.session },
      );
    },

    /** Those since `since`, or all that still matter. */
    async list(since: Date | undefined, now: Date): Promise<Revocation[]> {
      const oldest = now.getTime() - keptMs;
      const from = new Date(Math.max(oldest, since?.getTime() ?? oldest));
      return (await revocations.find({ at: { $gte: from } }).lean()).flatMap(toRevocation);
    },
  };
}

function toRevocation({ session_id, user_id, issued_before }: RevocationDocument): Revocation[] {
  if (session_id) return [{ session_id: session_id.toHexString() }];
  if (user_id && issued_before !== undefined) return [{ user_id: user_id.toHexString(), issued_before }];
  return [];
}
