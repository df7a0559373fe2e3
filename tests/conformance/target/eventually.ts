import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 10;

/** What `read` gives once it no longer throws; its last error when that takes longer than `withinMs`. */
export async function eventually<T>(read: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(POLL_MS);
  }
}
