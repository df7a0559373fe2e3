import { z } from 'zod';
import { id, role, timestamp, userStatus } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** Services that verify tokens, which is all of them. */
const everyone = ['*'];

const session = z.object({ id, user_id: id, created_at: timestamp, expires_at: timestamp });

export const createSession = defineCall('auth', 'CreateSession', {
  callers: ['auth'],
  input: z.object({ user_id: id, ip: z.string().nullable(), user_agent: z.string().nullable() }),
  output: session,
});

export const validateSession = defineCall('auth', 'ValidateSession', {
  callers: everyone,
  input: z.object({ session_id: id }),
  output: z.object({ valid: z.boolean(), user_id: id.nullable() }),
});

export const deleteSession = defineCall('auth', 'DeleteSession', {
  callers: ['auth'],
  input: z.object({ session_id: id }),
  output: z.object({ deleted: z.boolean() }),
});

/**
 * Tokens that have ended before they expire: those of a session, or those of a user that were issued before
 * `issued_before` (seconds since 1970, as in the token's `iat`).
 */
export const revocation = z.union([z.object({ session_id: id }), z.object({ user_id: id, issued_before: z.int() })]);
export type Revocation = z.infer<typeof revocation>;

/** Revocations since `since` (left out: all that still matter), and the server's time to ask from next. */
export const listRevocations = defineCall('auth', 'ListRevocations', {
  callers: everyone,
  timeoutMs: 1_000,
  input: z.object({ since: timestamp.optional() }),
  output: z.object({ revocations: z.array(revocation), as_of: timestamp }),
});

/** The public keys (RFC 7517) that verify access tokens. */
export const getJwks = defineCall('auth', 'GetJwks', {
  callers: [...everyone, 'gateway'],
  input: z.object({}),
  output: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }),
});

/**
 * Users in the order of their ids, to rebuild copies of names from. A deleted one has no names. `username_revision` orders all
 * three names; what has a default is left out by an `auth` of an earlier version.
 */
export const listUsers = defineCall('auth', 'ListUsers', {
  callers: everyone,
  timeoutMs: 5_000,
  input: z.object({
    after: id.optional(),
    limit: z.int().min(1).max(1_000).default(500),
    ids: z.array(id).max(1_000).optional(),
  }),
  output: z.object({
    users: z.array(
      z.object({
        id,
        username: z.string(),
        first_name: z.string().default(''),
        last_name: z.string().default(''),
        username_revision: z.int(),
        roles: z.array(role),
        status: userStatus,
        created_at: timestamp.optional(),
      }),
    ),
  }),
});
