import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { User } from './user.ts';

export type TokenSettings = { issuer: string; audience: string; lifeSeconds: number };

export type SigningKey = { kid: string; privateKey: KeyObject };

/**
 * An access token (RFC 7519, ES256) for a session of a user.
 * @param now when the user was read from the database: what has changed since revokes tokens issued up to then.
 */
export function signAccessToken(
  { user, sessionId, now }: { user: User; sessionId: string; now: Date },
  key: SigningKey,
  { issuer, audience, lifeSeconds }: TokenSettings,
): string {
  const iat = Math.max(Math.floor(now.getTime() / 1000), user.tokensFrom);
  const claims = { username: user.username, roles: user.roles, sid: sessionId, iat, exp: iat + lifeSeconds };
  return jwt.sign(claims, key.privateKey, {
    algorithm: 'ES256',
    keyid: key.kid,
    subject: user.id,
    issuer,
    audience,
  });
}
