import { ServiceUnavailable } from '@commons/platform';
import { Piscina } from 'piscina';
import { MAX_PASSWORD_BYTES } from '../domain/passwords.ts';

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** Whether it is the password of the hash. Without a hash it is not, and it takes as long to say so. */
  matches(password: string, hash: string | undefined): Promise<boolean>;
  close(): Promise<void>;
};

/** More than this wait for nothing: by the time they are served nobody listens. */
const MAX_WAITING = 500;
const IDLE_MS = 30_000;

/**
 * Hashes passwords (bcrypt) in threads of their own, so that nothing else waits meanwhile. They start when they are
 * first needed.
 * @param options `cost` of new hashes, number of `threads`.
 */
export function createPasswordHasher({ cost, threads }: { cost: number; threads: number }): PasswordHasher {
  const nobodysHash = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
  let pool: Piscina | undefined;

  async function run<T>(name: string, task: object): Promise<T> {
    pool ??= createPool(threads);
    if (pool.queueSize >= MAX_WAITING) throw new ServiceUnavailable('Too many logins at once.');
    return (await pool.run(task, { name })) as T;
  }

  return {
    hash: (password) => run('hashPassword', { password, cost }),
    async matches(password, hash) {
      const isPossible = hash !== undefined && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES;
      const isSame = await run<boolean>('comparePassword', { password, hash: isPossible ? hash : nobodysHash });
      return isPossible && isSame;
    },
    async close() {
      await pool?.close();
    },
  };
}

function createPool(threads: number): Piscina {
  const source = new URL('./password-worker.ts', import.meta.url).href;
  const isBuilt = import.meta.url.endsWith('.js');
  return new Piscina({
    filename: isBuilt ? source.replace(/\.ts$/, '.js') : source,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
  });
}
