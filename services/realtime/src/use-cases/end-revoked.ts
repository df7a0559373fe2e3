import type { RealtimeContext } from '../context.ts';
import { CloseCode } from '../domain/frames.ts';

/** Closes every WebSocket whose session has ended, as far as this replica knows: what holds if an event is late. */
export function endRevoked({ connections, revocations }: Pick<RealtimeContext, 'connections' | 'revocations'>): void {
  connections
    .all()
    .filter(({ user, issuedAt }) => revocations.isRevoked({ user, issuedAt, expiresAt: Infinity }))
    .forEach((connection) => connection.close(CloseCode.sessionEnded, 'session ended'));
}
