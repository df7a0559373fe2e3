import { auditRecorded } from '@commons/contracts';
import { Unauthorized, type Transaction } from '@commons/platform';
import type { AuthContext } from '../context.ts';
import { hashRefreshToken } from '../domain/refresh-token.ts';
import type { Client, Session } from '../domain/session.ts';
import { announceEnd } from './announce-end.ts';
import { removeSession } from './end-session.ts';
import { issueTokens, type Grant, type Tokens } from './issue-tokens.ts';
import { addRefreshToken, sessionEnd } from './open-session.ts';

/**
 * Exchanges a refresh token for a new pair of tokens and spends it. A spent one that is used again has been stolen, from
 * one side or the other: the whole session ends.
 * @throws Unauthorized (`invalid_refresh_token`) for one that is unknown, too old or of an ended session;
 *   (`refresh_token_reused`) for a spent one.
 */
export async function refreshSession(ctx: AuthContext, refreshToken: string, client: Client): Promise<Tokens> {
  const hash = hashRefreshToken(refreshToken);
  const outcome = await ctx.transaction((tx) => spend(ctx, { hash, client }, tx));
  if (outcome === undefined) throw new Unauthorized('The refresh token is not valid.', 'invalid_refresh_token');
  if ('grant' in outcome) return issueTokens(ctx, outcome.grant);
  const { id, userId } = outcome.ended;
  await announceEnd(ctx, { revocations: [{ session_id: id }], sessionIds: [id] });
  ctx.log.warn({ user_id: userId }, 'session ended: a spent refresh token was used again');
  throw new Unauthorized('The refresh token was used before; the session has ended.', 'refresh_token_reused');
}

type Outcome = { grant: Grant } | { ended: Session } | undefined;

async function spend(
  ctx: AuthContext,
  { hash, client }: { hash: string; client: Client },
  tx: Transaction,
): Promise<Outcome> {
  const now = ctx.clock.now();
  const token = await ctx.refreshTokens.spend(hash, now, tx);
  if (!token) return undefined;
  if (token.isSpent) return endStolen(ctx, { ...token, ip: client.ip }, tx);
  const user = await ctx.users.noteActivity(token.userId, { now }, tx);
  const session = await ctx.sessions.renew(token.sessionId, { now, expiresAt: sessionEnd(ctx.config, now) }, tx);
  if (!user || !session) return undefined;
  const refreshToken = await addRefreshToken(ctx, session, tx);
  return { grant: { user, sessionId: session.id, refreshToken, now } };
}

async function endStolen(
  ctx: AuthContext,
  { userId, sessionId, ip }: { userId: string; sessionId: string; ip: string | null },
  tx: Transaction,
): Promise<Outcome> {
  const ended = await removeSession(ctx, { userId, sessionId }, tx);
  if (!ended) return undefined;
  tx.emit(auditRecorded, sessionId, {
    actor_id: userId,
    action: 'refresh',
    target_type: 'session',
    target_id: sessionId,
    ip,
    outcome: 'refused',
  });
  return { ended };
}
