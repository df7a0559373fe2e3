import { createHash, randomBytes } from 'node:crypto';

/** A new refresh token: 256 random bits, and the hash that is all we keep of it. */
export function makeRefreshToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashRefreshToken(token) };
}

/** SHA-256 of a refresh token: enough for a random secret of its length. */
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
