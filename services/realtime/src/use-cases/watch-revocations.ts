import type { RealtimeContext } from '../context.ts';
import { endRevoked } from './end-revoked.ts';

/** How often open WebSockets are held against the list of ended sessions, in milliseconds. */
const EVERY_MS = 300;

export type RevocationWatch = { start(): void; stop(): void };

/** Closes within a second what an event did not close: the list of ended sessions does not depend on the broker. */
export function watchRevocations(parts: Pick<RealtimeContext, 'connections' | 'revocations'>): RevocationWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => void (timer = setInterval(() => endRevoked(parts), EVERY_MS).unref()),
    stop: () => clearInterval(timer),
  };
}
