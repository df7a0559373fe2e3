import type { RealtimeContext } from '../context.ts';
import type { Ticket } from '../data/ticket-store.ts';

/**
 * Gives a ticket for one WebSocket, for clients that cannot send a token with the handshake. It stands for the token that it is
 * asked with: what ends that one's session ends the ticket.
 */
export async function issueTicket(
  { tickets, clock, config }: Pick<RealtimeContext, 'tickets' | 'clock' | 'config'>,
  { user, issuedAt }: Ticket,
): Promise<{ ticket: string; expiresIn: number }> {
  const expiresIn = config.TICKET_SECONDS;
  const expiresAt = new Date(clock.now().getTime() + expiresIn * 1000);
  return { ticket: await tickets.issue({ user, issuedAt }, expiresAt), expiresIn };
}
