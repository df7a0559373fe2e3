import type { Revocation } from '@commons/contracts';
import type { Logger } from '../log/logger.ts';
import { createOutageLog } from '../log/outage-log.ts';
import type { VerifiedToken } from './verify-token.ts';

/** Which tokens have ended before they expire. */
export type Revocations = {
  isRevoked(token: VerifiedToken): boolean;
  /** Takes note of one at once, without waiting for the next poll. */
  add(revocation: Revocation): void;
  start(): Promise<void>;
  stop(): void;
};

type Source = (since: string | undefined) => Promise<{ revocations: Revocation[]; as_of: string }>;

/** Transactions may become visible a little after their own time: each poll looks back this far. */
const OVERLAP_MS = 5_000;

/**
 * Follows the list of ended sessions by polling its owner, so that a logout holds everywhere within a second without
 * a call for each request. While the owner is away nothing can be revoked, and what is known goes on to hold.
 */
export function createRevocations(options: { list: Source; pollMs: number; log: Logger }): Revocations {
  const sessions = new Map<string, number>();
  const users = new Map<string, number>();
  let since: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const outage = createOutageLog(options.log, {
    away: 'ended sessions cannot be asked for',
    back: 'ended sessions can be asked for again',
  });

  function add(revocation: Revocation): void {
    if ('session_id' in revocation) sessions.set(revocation.session_id, Date.now());
    else users.set(revocation.user_id, Math.max(revocation.issued_before, users.get(revocation.user_id) ?? 0));
  }

  async function poll(): Promise<void> {
    try {
      const { revocations, as_of } = await options.list(since);
      revocations.forEach(add);
      forgetExpired(sessions);
      since = new Date(Date.parse(as_of) - OVERLAP_MS).toISOString();
      outage.worked();
    } catch (error) {
      if (!isStopped) outage.failed(error);
    }
    if (!isStopped) timer = setTimeout(() => void poll(), options.pollMs).unref();
  }

  return {
    add,
    isRevoked: ({ user, issuedAt }) => sessions.has(user.sessionId) || issuedAt < (users.get(user.id) ?? 0),
    start: poll,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Tokens live far shorter than this: an entry older than it refuses nothing that would pass. */
const KEPT_MS = 60 * 60_000;

function forgetExpired(sessions: Map<string, number>): void {
  const limit = Date.now() - KEPT_MS;
  for (const [session, addedAt] of sessions) if (addedAt < limit) sessions.delete(session);
}
