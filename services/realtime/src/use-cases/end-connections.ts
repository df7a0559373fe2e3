import type { RealtimeContext } from '../context.ts';
import { CloseCode } from '../domain/frames.ts';

type Ended = { user_id: string; session_id?: string | undefined; all?: boolean | undefined };

/** Closes the WebSockets of a session, or of all of a user's sessions. */
export function endSession(
  { connections }: Pick<RealtimeContext, 'connections'>,
  { user_id, session_id, all }: Ended,
): void {
  connections
    .ofUser(user_id)
    .filter(({ user }) => (all ?? false) || user.sessionId === session_id)
    .forEach((connection) => connection.close(CloseCode.sessionEnded, 'session ended'));
}

/** Closes every WebSocket whose session has ended, as far as this replica knows: what holds if an event is late. */
export function endRevoked({ connections, revocations }: Pick<RealtimeContext, 'connections' | 'revocations'>): void {
  connections
    .all()
    .filter(({ user, issuedAt }) => revocations.isRevoked({ user, issuedAt, expiresAt: Infinity }))
    .forEach((connection) => connection.close(CloseCode.sessionEnded, 'session ended'));
}

/** Closes all: this replica is going away, another takes them. */
export function endAll({ connections }: Pick<RealtimeContext, 'connections'>): void {
  connections.all().forEach((connection) => connection.close(CloseCode.goingAway, 'going away'));
}
