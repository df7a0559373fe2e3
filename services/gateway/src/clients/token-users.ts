import type { Authenticator } from '@commons/platform';
import { LRUCache } from 'lru-cache';

/** Finds whom a request is made by, for its limits only: the services judge the token for themselves. */
export type TokenUsers = { find(authorization: string | undefined): Promise<string | undefined> };

const KEPT = { max: 5_000, ttl: 5_000 };
const NOBODY = '';

/** Verifies tokens, and remembers for a few seconds what came of it. */
export function createTokenUsers(authenticator: Pick<Authenticator, 'verify'>): TokenUsers {
  const known = new LRUCache<string, string>(KEPT);

  async function look(token: string): Promise<string> {
    try {
      return (await authenticator.verify(token)).user.id;
    } catch {
      return NOBODY;
    }
  }

  return {
    async find(authorization) {
      const token = /^Bearer ([^\s]+)$/i.exec(authorization?.trim() ?? '')?.[1];
      if (token === undefined) return undefined;
      let userId = known.get(token);
      if (userId === undefined) known.set(token, (userId = await look(token)));
      return userId === NOBODY ? undefined : userId;
    },
  };
}
