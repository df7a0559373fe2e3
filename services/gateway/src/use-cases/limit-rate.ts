import { TooManyRequests } from '@commons/platform';
import type { TokenUsers } from '../clients/token-users.ts';
import type { Allowance, RequestCounts } from '../data/request-counts.ts';
import { limitKey } from '../domain/client-address.ts';

/** How often an address and a user may ask; what is undefined is not limited. */
export type RateLimits = {
  byAddress: RequestCounts | undefined;
  byUser: RequestCounts | undefined;
  tokenUsers: TokenUsers;
};

/**
 * Counts a request for its address, and for its user where it has one.
 * @returns the `RateLimit-*` headers of the limit that is nearer.
 * @throws TooManyRequests where either is used up.
 */
export async function limitRate(
  { byAddress, byUser, tokenUsers }: RateLimits,
  { address, authorization }: { address: string; authorization: string | undefined },
): Promise<Record<string, string>> {
  const ofAddress = await byAddress?.count(limitKey(address));
  if (ofAddress?.isExceeded) refuse(ofAddress);
  const userId = byUser && (await tokenUsers.find(authorization));
  const ofUser = userId === undefined ? undefined : await byUser?.count(userId);
  if (ofUser?.isExceeded) refuse(ofUser);
  const [nearer] = [ofUser, ofAddress].filter((one) => one !== undefined).sort((a, b) => a.remaining - b.remaining);
  return nearer ? headersOf(nearer) : {};
}

function refuse(allowance: Allowance): never {
  const { limit, resetSeconds } = allowance;
  throw new TooManyRequests(`The limit is ${limit} requests a second.`, resetSeconds, headersOf(allowance));
}

function headersOf({ limit, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    'ratelimit-policy': `${limit};w=1`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}
