import type { User } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';

/** Gives a user a ticket for one WebSocket: for clients that cannot send a token with the handshake. */
export async function issueTicket(
  { tickets, clock, config }: RealtimeContext,
  user: User,
): Promise<{ ticket: string; expiresIn: number }> {
  const now = clock.now().getTime();
  const expiresIn = config.TICKET_SECONDS;
  const ticket = await tickets.issue({ user, issuedAt: Math.floor(now / 1000) }, new Date(now + expiresIn * 1000));
  return { ticket, expiresIn };
}
