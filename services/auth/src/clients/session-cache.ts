import { createOutageLog, type Dapr, type Logger } from '@commons/platform';
import { z } from 'zod';
import type { Session } from '../domain/session.ts';

const cachedSession = z.object({ user_id: z.string(), created_at: z.coerce.date(), expires_at: z.coerce.date() });

/** What the cache knows of a session. */
export type CachedSession = Pick<Session, 'id' | 'userId' | 'createdAt' | 'expiresAt'>;

export type SessionCache = ReturnType<typeof createSessionCache>;

/**
 * Sessions in Dapr state, for as long as `seconds`. The database is the truth: while the state store is away nothing is
 * found, and nothing fails.
 */
export function createSessionCache({ dapr, log, seconds }: { dapr: Dapr; log: Logger; seconds: number }) {
  const { bear } = createOutageLog(log, {
    away: 'the cache of sessions cannot be used',
    back: 'the cache of sessions can be used again',
  });

  return {
    async find(id: string): Promise<CachedSession | undefined> {
      const cached = await bear(dapr.state.get(keyOf(id), cachedSession));
      return cached && { id, userId: cached.user_id, createdAt: cached.created_at, expiresAt: cached.expires_at };
    },

    async put({ id, userId, createdAt, expiresAt }: CachedSession): Promise<void> {
      const value = { user_id: userId, created_at: createdAt.toISOString(), expires_at: expiresAt.toISOString() };
      await bear(dapr.state.set(keyOf(id), value, { ttlSeconds: seconds }));
    },

    async forget(ids: readonly string[]): Promise<void> {
      await Promise.all(ids.map((id) => bear(dapr.state.delete(keyOf(id)))));
    },
  };
}

const keyOf = (id: string): string => `session-${id}`;
