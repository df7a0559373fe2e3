import type { AuthContext } from '../context.ts';
import { signAccessToken } from '../domain/access-token.ts';
import type { User } from '../domain/user.ts';

/** What a client needs to go on. */
export type Tokens = { token: string; refreshToken: string; expiresIn: number };

export type Grant = { user: User; sessionId: string; refreshToken: string; now: Date };

/**
 * Issues the access token that belongs to a refresh token.
 * @param grant with the user as the transaction that made the refresh token saw them, at `now`.
 */
export async function issueTokens(ctx: Pick<AuthContext, 'keys' | 'config'>, grant: Grant): Promise<Tokens> {
  const { TOKEN_ISSUER, TOKEN_AUDIENCE, ACCESS_TOKEN_SECONDS } = ctx.config;
  const settings = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE, lifeSeconds: ACCESS_TOKEN_SECONDS };
  const token = signAccessToken(grant, await ctx.keys.signer(), settings);
  return { token, refreshToken: grant.refreshToken, expiresIn: ACCESS_TOKEN_SECONDS };
}
