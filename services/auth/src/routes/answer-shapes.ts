import { id, role, timestamp, userStatus } from '@commons/contracts';
import { z } from 'zod';
import type { Erasure } from '../data/erasure-store.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Tokens } from '../use-cases/issue-tokens.ts';

/** What every answer that signs somebody in holds. */
export const tokenFields = { token: z.string(), refresh_token: z.string(), expires_in: z.int() };

/** Tokens must not stay in anybody's cache. */
export const NOT_STORED = { 'cache-control': 'no-store' };

export const toTokens = ({ token, refreshToken, expiresIn }: Tokens) => ({
  token,
  refresh_token: refreshToken,
  expires_in: expiresIn,
});

const accountFields = {
  id,
  first_name: z.string(),
  last_name: z.string(),
  roles: z.array(role),
  status: userStatus,
  email_verified: z.boolean(),
  created_at: timestamp,
};

/** An account as its owner sees it. */
export const meShape = z.object({ ...accountFields, username: z.string(), email: z.string() });

export const toMe = (user: User): z.input<typeof meShape> => ({
  id: user.id,
  username: user.username,
  email: user.email,
  first_name: user.firstName,
  last_name: user.lastName,
  roles: user.roles,
  status: user.status,
  email_verified: user.isEmailVerified,
  created_at: user.createdAt.toISOString(),
});

/** An account as an admin sees it in a list; a deleted one has no names. */
export const userShape = z.object({
  ...accountFields,
  username: z.string().nullable(),
  email: z.string().nullable(),
});

export const toUserAnswer = (user: User): z.input<typeof userShape> => ({
  ...toMe(user),
  username: user.username === '' ? null : user.username,
  email: user.email === '' ? null : user.email,
});

/** An account by itself: of a deleted one also how far it is forgotten, by service. */
export const userDetailShape = userShape.extend({
  erasure: z.object({ requested_at: timestamp, services: z.record(z.string(), timestamp) }).nullable(),
});

export const toUserDetail = (user: User, erasure: Erasure | undefined): z.input<typeof userDetailShape> => ({
  ...toUserAnswer(user),
  erasure: erasure
    ? {
        requested_at: erasure.requestedAt.toISOString(),
        services: Object.fromEntries(erasure.services.map(({ service, at }) => [service, at.toISOString()])),
      }
    : null,
});

/** A session as its owner sees it. */
export const sessionShape = z.object({
  id,
  created_at: timestamp,
  last_seen_at: timestamp,
  user_agent: z.string().nullable(),
  ip: z.string().nullable(),
  current: z.boolean(),
});

export const toSessionAnswer = (session: Session, currentId: string): z.input<typeof sessionShape> => ({
  id: session.id,
  created_at: session.createdAt.toISOString(),
  last_seen_at: session.lastSeenAt.toISOString(),
  user_agent: session.userAgent,
  ip: session.ip,
  current: session.id === currentId,
});
