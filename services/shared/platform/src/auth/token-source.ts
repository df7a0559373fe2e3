import { getJwks, listRevocations, type Revocation } from '@commons/contracts';
import type { Dapr } from '../dapr/dapr.ts';
import type { Jwk } from './jwks.ts';

/** Where a service learns which tokens are good. */
export type TokenSource = {
  /** The public keys that verify them. */
  keys(): Promise<Jwk[]>;
  /** What has ended since `since` (left out: all that still matters), and the time to ask from next. */
  revocations(since: string | undefined): Promise<{ revocations: Revocation[]; as_of: string }>;
};

/** Learns it from `auth`, as every service does but `auth` itself. */
export const askAuth = (dapr: Dapr): TokenSource => ({
  keys: async () => (await dapr.call(getJwks, {})).keys,
  revocations: (since) => dapr.call(listRevocations, { ...(since !== undefined && { since }) }, { isRegular: true }),
});
