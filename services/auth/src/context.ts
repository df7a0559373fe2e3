import {
  answerFor,
  createKeyedQueue,
  routeFor,
  subscribeFor,
  type BaseContext,
  type KeyedQueue,
} from '@commons/platform';
import { readKeyEncryptionKeys } from './clients/key-encryption-key.ts';
import { createPasswordHasher, type PasswordHasher } from './clients/password-hasher.ts';
import { createSessionCache, type SessionCache } from './clients/session-cache.ts';
import type { AuthConfig } from './config.ts';
import { createErasureStore, type ErasureStore } from './data/erasure-store.ts';
import { createKeyRing, type KeyRing } from './data/key-ring.ts';
import { createLoginFailureStore, type LoginFailureStore } from './data/login-failure-store.ts';
import { createRefreshTokenStore, type RefreshTokenStore } from './data/refresh-token-store.ts';
import { createRevocationStore, type RevocationStore } from './data/revocation-store.ts';
import { createSessionStore, type SessionStore } from './data/session-store.ts';
import { createSigningKeyStore } from './data/signing-key-store.ts';
import { createUserSearch, type UserSearch } from './data/user-search.ts';
import { createUserStore, type UserStore } from './data/user-store.ts';

export type AuthContext = BaseContext<AuthConfig> & {
  users: UserStore;
  userSearch: UserSearch;
  sessions: SessionStore;
  sessionCache: SessionCache;
  refreshTokens: RefreshTokenStore;
  endedTokens: RevocationStore;
  loginFailures: LoginFailureStore;
  erasures: ErasureStore;
  keys: KeyRing;
  passwords: PasswordHasher;
  /** Logins of one user write to the same document: they stand in line. */
  inTurn: KeyedQueue;
};

export const route = routeFor<AuthContext>();
export const answer = answerFor<AuthContext>();
export const subscribe = subscribeFor<AuthContext>();

const DAY_MS = 24 * 60 * 60_000;
/** Beyond the life of a token, for clocks that differ. */
const LINGER_MARGIN_MS = 5 * 60_000;

/** Makes what handlers receive. @throws InvalidConfiguration where the key that encrypts signing keys is missing. */
export async function createContext(base: BaseContext<AuthConfig>): Promise<AuthContext> {
  const { config, db, dapr, clock, log } = base;
  const tokenMs = config.ACCESS_TOKEN_SECONDS * 1000;
  const keys = createKeyRing({
    store: createSigningKeyStore(db),
    cipherKeys: await readKeyEncryptionKeys({ dapr, log }),
    schedule: {
      periodMs: config.KEY_ROTATION_DAYS * DAY_MS,
      aheadMs: config.KEY_PUBLISH_AHEAD_SECONDS * 1000,
      lingerMs: tokenMs + LINGER_MARGIN_MS,
    },
    clock,
    log,
  });
  await keys.signer();
  return Object.assign(base, {
    users: createUserStore(db),
    userSearch: createUserSearch(db),
    sessions: createSessionStore(db),
    sessionCache: createSessionCache({ dapr, log, seconds: config.SESSION_CACHE_SECONDS }),
    refreshTokens: createRefreshTokenStore(db),
    endedTokens: createRevocationStore(db, { tokenMs }),
    loginFailures: createLoginFailureStore(db, {
      allowed: config.LOGIN_FAILURES,
      windowMs: config.LOGIN_WINDOW_SECONDS * 1000,
    }),
    erasures: createErasureStore(db),
    keys,
    passwords: createPasswordHasher({ cost: config.BCRYPT_COST, threads: config.PASSWORD_WORKERS }),
    inTurn: createKeyedQueue(),
  });
}
