import type { Transaction } from '@commons/platform';
import { Types, type Connection } from 'mongoose';
import { refreshTokenModel, type RefreshTokenDocument } from './refresh-token-model.ts';

/** A refresh token as we know it, by its hash. */
export type StoredRefreshToken = { userId: string; sessionId: string; isSpent: boolean };

export type RefreshTokenStore = ReturnType<typeof createRefreshTokenStore>;

/** The refresh tokens of sessions that live, the good one of each and all that were spent before it. */
export function createRefreshTokenStore(db: Connection) {
  const tokens = refreshTokenModel(db);
  return {
    async insert(
      { hash, userId, sessionId, expiresAt }: { hash: string; userId: string; sessionId: string; expiresAt: Date },
      tx: Transaction,
    ): Promise<void> {
      const document: RefreshTokenDocument = {
        _id: hash,
        session_id: new Types.ObjectId(sessionId),
        user_id: new Types.ObjectId(userId),
        spent_at: null,
        expires_at: expiresAt,
      };
      await tokens.insertMany([document], { session: tx.session });
    },

    /**
     * Spends a token and says what it was before. Of two that spend it at once, one waits for the other's transaction
     * and finds it spent.
     */
    async spend(hash: string, now: Date, tx: Transaction): Promise<StoredRefreshToken | undefined> {
      const { session } = tx;
      const document = await tokens.findOne({ _id: hash, expires_at: { $gt: now } }, null, { session }).lean();
      if (!document) return undefined;
      const isSpent = document.spent_at !== null;
      if (!isSpent) await tokens.updateOne({ _id: hash }, { $set: { spent_at: now } }, { session });
      return { userId: document.user_id.toHexString(), sessionId: document.session_id.toHexString(), isSpent };
    },

    /** Removes the tokens of one session, or of all of the user's sessions but one. */
    async remove(
      { userId, sessionId, except }: { userId: string; sessionId?: string | undefined; except?: string | undefined },
      tx: Transaction,
    ): Promise<void> {
      const which = sessionId !== undefined ? { session_id: sessionId } : {};
      const others = except !== undefined ? { session_id: { $ne: except } } : {};
      await tokens.deleteMany({ user_id: userId, ...which, ...others }, { session: tx.session });
    },
  };
}
