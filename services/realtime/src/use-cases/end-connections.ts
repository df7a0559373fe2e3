import type { RealtimeContext } from '../context.ts';
import { CloseCode } from '../domain/frames.ts';

type Ended = {
  user_id: string;
  session_id?: string | undefined;
  /** Every session of the user that began before `at`. */
  all?: boolean | undefined;
  at?: string | undefined;
};

/** Closes the WebSockets of a session, or of all of a user's sessions. */
export function endSession(
  { connections }: Pick<RealtimeContext, 'connections'>,
  { user_id, session_id, all = false, at }: Ended,
): void {
  const endedAt = at === undefined ? Infinity : Date.parse(at) / 1000;
  connections
    .ofUser(user_id)
    .filter(({ user, issuedAt }) => (all && issuedAt <= endedAt) || user.sessionId === session_id)
    .forEach((connection) => connection.close(CloseCode.sessionEnded, 'session ended'));
}

/** Closes every WebSocket whose session has ended, as far as this replica knows: what holds if an event is late. */
export function endRevoked({ connections, revocations }: Pick<RealtimeContext, 'connections' | 'revocations'>): void {
  connections
    .all()
    .filter(({ user, issuedAt }) => revocations.isRevoked({ user, issuedAt, expiresAt: Infinity }))
    .forEach((connection) => connection.close(CloseCode.sessionEnded, 'session ended'));
}

/** Closes all, and lets no more in: this replica is going away, another takes them. */
export function endAll({ connections }: Pick<RealtimeContext, 'connections'>): void {
  connections.shut();
  connections.all().forEach((connection) => connection.close(CloseCode.goingAway, 'going away'));
}
