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
