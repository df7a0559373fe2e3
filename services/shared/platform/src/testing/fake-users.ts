import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Role } from '@commons/contracts';
import jwt from 'jsonwebtoken';
import type { Jwk } from '../auth/jwks.ts';
import type { Clock } from '../service/clock.ts';
import { systemClock } from '../service/clock.ts';

/** Somebody who uses the service in a test. */
export type TestUser = { id: string; username: string; roles: Role[]; sessionId: string };

/** A new id, 24 hexadecimal digits. */
export const anId = (): string => randomBytes(12).toString('hex');

let counter = 0;

/** A user of their own: nobody else in any test has this id or name. */
export function aUser(overrides: Partial<TestUser> = {}): TestUser {
  counter += 1;
  return { id: anId(), username: `user${counter}`, roles: ['user'], sessionId: anId(), ...overrides };
}

/** A user who is an admin. */
export const anAdmin = (overrides: Partial<TestUser> = {}): TestUser =>
  aUser({ roles: ['user', 'admin'], ...overrides });

export type TokenMaker = {
  /** An access token as `auth` issues them. */
  tokenFor(user: TestUser, options?: { expiresInSeconds?: number }): string;
  /** The public keys that verify them. */
  jwks: Jwk[];
};

/** Issues tokens with keys of its own, as the fake `auth` of a test. */
export function createTokenMaker(options: { issuer: string; audience: string; clock?: Clock }): TokenMaker {
  const { issuer, audience, clock = systemClock } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = anId();
  return {
    jwks: [{ ...publicKey.export({ format: 'jwk' }), kid, kty: 'EC', alg: 'ES256', use: 'sig' }],
    tokenFor({ id, username, roles, sessionId }, { expiresInSeconds = 900 } = {}) {
      const iat = Math.floor(clock.now().getTime() / 1000);
      return jwt.sign({ sub: id, username, roles, sid: sessionId, iat, exp: iat + expiresInSeconds }, privateKey, {
        algorithm: 'ES256',
        keyid: kid,
        issuer,
        audience,
      });
    },
  };
}
