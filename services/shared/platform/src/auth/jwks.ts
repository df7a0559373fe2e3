import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../service/clock.ts';

export type Jwk = { kid: string; kty: string; [field: string]: unknown };

/** Finds the public key that a token names. */
export type KeySource = { find(kid: string): Promise<KeyObject | undefined> };

const REFRESH_MS = 5 * 60_000;
const MIN_GAP_MS = 1_000;

/**
 * Keeps the public keys at hand. They are asked for again when an unknown `kid` turns up (at most once a second) and
 * every five minutes; while the owner is away, the known ones serve on.
 * @param fetchKeys gives the JWK set (RFC 7517). What it throws, `find` throws for a key that is not known.
 */
export function createKeySource(fetchKeys: () => Promise<Jwk[]>, clock: Clock): KeySource {
  let keys = new Map<string, KeyObject>();
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let pending: Promise<void> | undefined;
  let failure: Error | undefined;

  async function refresh(): Promise<void> {
    triedAt = clock.now().getTime();
    try {
      take(await fetchKeys());
      failure = undefined;
    } catch (error) {
      failure = error as Error;
      throw error;
    }
  }

  function take(set: readonly Jwk[]): void {
    keys = new Map(set.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
    fetchedAt = clock.now().getTime();
  }

  return {
    async find(kid) {
      const now = clock.now().getTime();
      const isKnown = keys.has(kid);
      const isStale = now - fetchedAt > REFRESH_MS;
      if ((!isKnown || isStale) && (now - triedAt >= MIN_GAP_MS || pending)) {
        pending ??= refresh().finally(() => (pending = undefined));
        // Whoever has a known key need not wait for news of others.
        if (isKnown) pending.catch(() => undefined);
        else await pending;
      }
      // Whether a key is one of the owner's is not known as long as they cannot be asked for.
      if (!keys.has(kid) && failure) throw failure;
      return keys.get(kid);
    },
  };
}
