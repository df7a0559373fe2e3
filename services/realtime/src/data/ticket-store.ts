import { createHash, randomBytes } from 'node:crypto';
import type { Transaction, User } from '@commons/platform';
import type { Connection } from 'mongoose';

type TicketDocument = { _id: string; user: User; issued_at: number; expires_at: Date };

/** Whom a ticket lets in. `issuedAt` is when the token was issued for which it was given, in seconds since 1970. */
export type Ticket = { user: User; issuedAt: number };

export type TicketStore = ReturnType<typeof createTicketStore>;

/** Tickets, each good once on any replica. Only their hashes are kept. */
export function createTicketStore(db: Connection) {
  const tickets = db.collection<TicketDocument>('tickets');

  return {
    /** Keeps a new ticket. @returns its words: 256 random bits. */
    async issue({ user, issuedAt }: Ticket, expiresAt: Date): Promise<string> {
      const words = randomBytes(32).toString('base64url');
      await tickets.insertOne({ _id: hash(words), user, issued_at: issuedAt, expires_at: expiresAt });
      return words;
    },
    /** Spends a ticket. Undefined where it is unknown, spent or too old. */
    async spend(words: string, now: Date): Promise<Ticket | undefined> {
      const found = await tickets.findOneAndDelete({ _id: hash(words) });
      return found && found.expires_at > now ? { user: found.user, issuedAt: found.issued_at } : undefined;
    },
    /** Removes all tickets of a user. */
    async removeOf(userId: string, tx: Transaction): Promise<void> {
      await tickets.deleteMany({ 'user.id': userId }, { session: tx.session });
    },
  };
}

const hash = (words: string): string => createHash('sha256').update(words).digest('base64url');
