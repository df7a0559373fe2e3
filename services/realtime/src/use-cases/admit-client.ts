import { ServiceUnavailable, TooManyRequests, Unauthorized } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { Ticket } from '../data/ticket-store.ts';
import type { Proof } from '../domain/handshake.ts';

/**
 * Finds out who wants to open a WebSocket, and whether there is room for one more.
 * @throws Unauthorized without a good token or ticket; TooManyRequests over the limits of a user or an address; ServiceUnavailable while stopping.
 */
export async function admitClient(
  ctx: RealtimeContext,
  { proof, address }: { proof: Proof; address: string },
): Promise<Ticket> {
  const client = await prove(ctx, proof);
  if (ctx.connections.isShut()) throw new ServiceUnavailable('This replica is going away.');
  const { user, address: ofAddress } = ctx.connections.countOf({ userId: client.user.id, address });
  if (user >= ctx.config.SOCKETS_PER_USER || ofAddress >= ctx.config.SOCKETS_PER_ADDRESS)
    throw new TooManyRequests('Too many WebSockets are open.', 10);
  return client;
}

async function prove({ authenticator, tickets, revocations, clock }: RealtimeContext, proof: Proof): Promise<Ticket> {
  if (!proof) throw new Unauthorized('A token or a ticket is needed.');
  if ('token' in proof) return authenticator.verify(proof.token);
  const now = clock.now();
  const ticket = await tickets.spend(proof.ticket, now);
  if (!ticket) throw new Unauthorized('The ticket is not valid.', 'invalid_ticket');
  if (revocations.isRevoked({ ...ticket, expiresAt: now.getTime() / 1000 }))
    throw new Unauthorized('The session has ended.', 'token_revoked');
  return ticket;
}
