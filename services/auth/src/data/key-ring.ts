import { createPrivateKey, generateKeyPair, randomUUID, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { InvalidConfiguration, type Clock, type Jwk, type Logger } from '@commons/platform';
import type { SigningKey } from '../domain/access-token.ts';
import { open, seal } from '../domain/key-cipher.ts';
import { dueKey, publishedAt, signerAt, type KeySchedule, type ScheduledKey } from '../domain/key-schedule.ts';
import type { SigningKeyStore, StoredKey } from './signing-key-store.ts';

export type KeyRing = {
  /** The key that signs now. */
  signer(): Promise<SigningKey>;
  /** The public keys that tokens in hand may name, and the one that signs next. */
  published(): Promise<Jwk[]>;
};

type OpenKey = ScheduledKey & SigningKey & { publicJwk: Jwk };

const LOOK_MS = 60_000;
const RETRY_MS = 5_000;

/**
 * The keys of access tokens, at hand. It looks into the database once a minute (more often where a key is published
 * for less than two), makes the next key in time and removes those that nobody needs. While the database is away the
 * known keys serve on.
 * @param options the first of `cipherKeys` encrypts private keys, each decrypts; where none fits, that is an InvalidConfiguration.
 */
export function createKeyRing(options: {
  store: SigningKeyStore;
  cipherKeys: readonly Buffer[];
  schedule: KeySchedule;
  clock: Clock;
  log: Logger;
}): KeyRing {
  const { store, cipherKeys, schedule, clock, log } = options;
  const lookMs = Math.min(LOOK_MS, schedule.aheadMs / 2);
  let keys: OpenKey[] = [];
  let looksAgainAt = -Infinity;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const now = clock.now();
    let stored = await store.list();
    const due = dueKey(stored, now, schedule);
    if (due) {
      if (await store.insert(await makeKey(due, cipherKeys))) log.info({ ...due }, 'signing key made');
      stored = await store.list();
    }
    const needed = publishedAt(stored, now, schedule);
    await store.remove(stored.filter((key) => !needed.includes(key)).map(({ kid }) => kid));
    keys = needed.map((key) => keys.find(({ kid }) => kid === key.kid) ?? openKey(key, cipherKeys));
    looksAgainAt = now.getTime() + lookMs;
  }

  async function current(): Promise<OpenKey[]> {
    if (clock.now().getTime() >= looksAgainAt) {
      looking ??= look().finally(() => (looking = undefined));
      try {
        await looking;
      } catch (error) {
        if (keys.length === 0) throw error;
        log.warn({ err: error }, 'signing keys cannot be read; the known ones serve on');
        looksAgainAt = clock.now().getTime() + RETRY_MS;
      }
    }
    return keys;
  }

  return {
    async signer() {
      const key = signerAt(await current(), clock.now());
      if (!key) throw new Error('there is no key to sign with');
      return key;
    },
    published: async () => publishedAt(await current(), clock.now(), schedule).map(({ publicJwk }) => publicJwk),
  };
}

async function makeKey(scheduled: ScheduledKey, [cipherKey]: readonly Buffer[]): Promise<StoredKey> {
  if (!cipherKey) throw new Error('there is no key to encrypt signing keys with');
  const { privateKey, publicKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kty: 'EC', kid, alg: 'ES256', use: 'sig' };
  return { ...scheduled, kid, publicJwk, privateSealed: seal(pem, cipherKey, kid) };
}

function openKey(stored: StoredKey, cipherKeys: readonly Buffer[]): OpenKey {
  const { kid, generation, signsFrom, publicJwk, privateSealed } = stored;
  return { kid, generation, signsFrom, publicJwk, privateKey: unsealed(kid, privateSealed, cipherKeys) };
}

function unsealed(kid: string, privateSealed: string, cipherKeys: readonly Buffer[]): KeyObject {
  for (const cipherKey of cipherKeys) {
    try {
      return createPrivateKey(open(privateSealed, cipherKey, kid));
    } catch {
      // It was encrypted with one of the others.
    }
  }
  throw new InvalidConfiguration([
    'the secret that encrypts signing keys is another than the one that those in the database were encrypted with',
  ]);
}
