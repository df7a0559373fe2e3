import { setTimeout as delay } from 'node:timers/promises';

const pauseMs = 250;

/** Waits until `attempt` succeeds, for `limitMs` at most; then rejects with what it failed with last. */
export async function waitFor<T>(what: string, limitMs: number, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`${what} took more than ${limitMs / 1000} s: ${(error as Error).message}`, { cause: error });
      }
    }
    await delay(pauseMs);
  }
}
