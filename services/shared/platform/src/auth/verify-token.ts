import { role } from '@commons/contracts';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { Unauthorized } from '../http/errors.ts';
import type { Clock } from '../service/clock.ts';
import type { KeySource } from './jwks.ts';
import type { User } from './user.ts';

const claims = z.object({
  sub: z.string(),
  username: z.string(),
  roles: z.array(role),
  sid: z.string(),
  iat: z.number(),
  exp: z.number(),
});

export type VerifiedToken = { user: User; issuedAt: number; expiresAt: number };

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/**
 * Verifies access tokens (RFC 7519, RS256 or ES256) by public keys.
 * @returns who it names, and when it was issued and ends (seconds since 1970).
 * @throws Unauthorized for any token that is not good.
 */
export function createTokenVerifier(options: {
  keys: KeySource;
  issuer: string;
  audience: string;
  clock: Clock;
}): TokenVerifier {
  const { keys, issuer, audience, clock } = options;
  return async (token) => {
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    const key = kid === undefined ? undefined : await keys.find(kid);
    if (!key) throw new Unauthorized('The access token is not valid.', 'invalid_token');
    const payload = verify(token, key, { issuer, audience, clockTimestamp: Math.floor(clock.now().getTime() / 1000) });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new Unauthorized('The access token is not valid.', 'invalid_token');
    const { sub, username, roles, sid, iat, exp } = parsed.data;
    return { user: { id: sub, username, roles, sessionId: sid }, issuedAt: iat, expiresAt: exp };
  };
}

function verify(
  token: string,
  key: jwt.PublicKey,
  options: { issuer: string; audience: string; clockTimestamp: number },
): unknown {
  try {
    return jwt.verify(token, key, { ...options, algorithms: ['RS256', 'ES256'] });
  } catch (error) {
    const hasExpired = error instanceof jwt.TokenExpiredError;
    throw new Unauthorized(
      hasExpired ? 'The access token has expired.' : 'The access token is not valid.',
      hasExpired ? 'token_expired' : 'invalid_token',
    );
  }
}
