import type { Request } from 'express';
import { Forbidden, Unauthorized } from '../http/errors.ts';
import { currentRequest } from '../http/request-context.ts';
import type { Access } from '../http/route.ts';
import type { Revocations } from './revocations.ts';
import { isAdmin, type User } from './user.ts';
import type { TokenVerifier, VerifiedToken } from './verify-token.ts';

export type Authenticator = {
  /** Who is asking, as far as `access` wants to know; refuses bad tokens and callers that may not. */
  identify(access: Access, request: Request): Promise<User | undefined>;
  /** Verifies a token by itself, e.g. of a WebSocket handshake. */
  verify(token: string): Promise<VerifiedToken>;
};

/** Verifies tokens and calling services. */
export function createAuthenticator(options: {
  verifyToken: TokenVerifier;
  revocations: Pick<Revocations, 'isRevoked'>;
}): Authenticator {
  async function verify(token: string): Promise<VerifiedToken> {
    const verified = await options.verifyToken(token);
    if (options.revocations.isRevoked(verified)) throw new Unauthorized('The session has ended.', 'token_revoked');
    return verified;
  }

  async function fromHeader(request: Request, isRequired: boolean): Promise<User | undefined> {
    const header = request.get('authorization');
    if (header === undefined && !isRequired) return undefined;
    const token = /^Bearer ([^\s]+)$/i.exec(header?.trim() ?? '')?.[1];
    if (token === undefined) throw new Unauthorized();
    const { user } = await verify(token);
    const context = currentRequest();
    if (context) {
      context.actorId = user.id;
      context.authorization = header ?? null;
    }
    return user;
  }

  return {
    verify,
    identify(access, request) {
      if (access === 'public') return Promise.resolve(undefined);
      if (typeof access === 'string') return fromHeader(request, isTokenNeeded(access, request));
      requireCaller(access.callers, callerOf(request));
      return access.onBehalfOfUser === 'no'
        ? Promise.resolve(undefined)
        : fromHeader(request, access.onBehalfOfUser === 'required');
    },
  };
}

/** @throws Forbidden where the route is an admin's and the user is none. */
export function authorize(access: Access, user: User | undefined): void {
  const isAdminNeeded = access === 'admin' || (access === 'admin-or-service' && user !== undefined);
  if (isAdminNeeded && !isAdmin(user)) throw new Forbidden('This is for admins.');
}

function isTokenNeeded(access: Access, request: Request): boolean {
  if (access !== 'admin-or-service') return access !== 'anyone';
  const caller = callerOf(request);
  return caller === undefined || caller === 'gateway';
}

/**
 * The app that asks, as its sidecar names it. Dapr puts the name beside one that the caller has claimed, in no order: where
 * there are two, nobody is believed.
 */
function callerOf(request: Request): string | undefined {
  const caller = request.get('dapr-caller-app-id');
  return caller?.includes(',') ? undefined : caller;
}

/** The gateway speaks for the outside: it may make the calls that name it, and none of the services among themselves. */
function requireCaller(callers: readonly string[], caller: string | undefined): void {
  const isAnyone = callers.includes('*') && caller !== 'gateway';
  const isCaller = caller !== undefined && (isAnyone || callers.includes(caller));
  if (!isCaller) throw new Forbidden('This is for other services.', 'caller_not_allowed');
}
