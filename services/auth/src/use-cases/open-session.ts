import type { Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import type { Client, Session } from '../domain/session.ts';
import { makeRefreshToken } from '../domain/refresh-token.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Longer texts of browsers say no more. */
const MAX_USER_AGENT = 512;

type Parts = Pick<AuthContext, 'sessions' | 'refreshTokens' | 'config'>;

/** Opens a session of a user. */
export async function openSession(
  { sessions, config }: Pick<Parts, 'sessions' | 'config'>,
  { userId, client, now }: { userId: string; client: Client; now: Date },
  tx: Transaction,
): Promise<Session> {
  const { ip, userAgent } = client;
  const expiresAt = sessionEnd(config, now);
  return sessions.insert(
    { userId, ip, userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null, createdAt: now, expiresAt },
    tx,
  );
}

/** Gives a session its next refresh token. */
export async function addRefreshToken(
  { refreshTokens }: Pick<Parts, 'refreshTokens'>,
  session: Session,
  tx: Transaction,
): Promise<string> {
  const { token, hash } = makeRefreshToken();
  const { id: sessionId, userId, expiresAt } = session;
  await refreshTokens.insert({ hash, userId, sessionId, expiresAt }, tx);
  return token;
}

/** When a session ends that is used at `now` and then no more. */
export const sessionEnd = (config: AuthContext['config'], now: Date): Date =>
  new Date(now.getTime() + config.REFRESH_TOKEN_DAYS * DAY_MS);
