import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition comes true. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('The condition did not come true in time.');
    await delay(20);
  }
}
