import { setTimeout as wait } from 'node:timers/promises';
import { DaprFailure, InvalidConfiguration, type Dapr, type Logger } from '@commons/platform';
import { CIPHER_KEY_BYTES } from '../domain/key-cipher.ts';

/** Name of the secret: keys of 32 random bytes in base64, with commas between; the first one encrypts, the others only decrypt. */
const SECRET_NAME = 'auth-key-encryption-key';

const WAIT_MS = 30_000;
const PAUSE_MS = 250;

/**
 * The keys by which signing keys are encrypted, from the secret store, at least one: the one to encrypt with, then those before it. The
 * sidecar may start later than the service: it is waited for.
 * @throws InvalidConfiguration where there is no such secret, or one of them is no key.
 */
export async function readKeyEncryptionKeys({ dapr, log }: { dapr: Dapr; log: Logger }): Promise<Buffer[]> {
  const secret = await patiently(() => dapr.secret(SECRET_NAME), log);
  if (secret === undefined || secret === '')
    throw new InvalidConfiguration([
      `the secret store has no ${SECRET_NAME}; make one of 32 random bytes in base64, e.g. with openssl rand -base64 32`,
    ]);
  const keys = secret.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  for (const { length } of keys)
    if (length !== CIPHER_KEY_BYTES)
      throw new InvalidConfiguration([`the secret ${SECRET_NAME} must be 32 bytes in base64, and has ${length}`]);
  return keys;
}

async function patiently<T>(ask: () => Promise<T>, log: Logger): Promise<T> {
  const limit = Date.now() + WAIT_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DaprFailure) || Date.now() > limit) throw error;
      if (attempt === 1) log.warn({ err: error }, 'waiting for the sidecar to give a secret');
      await wait(PAUSE_MS);
    }
  }
}
