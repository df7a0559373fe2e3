import { setTimeout as delay } from 'node:timers/promises';
import { LaunchProblem } from '../launch-problem.ts';

const askMs = 3_000;
const pollMs = 50;

/** Whether an address answers with a status. */
export async function answersWith(status: number, url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(askMs) });
    await response.body?.cancel();
    return response.status === status;
  } catch {
    return false;
  }
}

/**
 * Waits until a program can be used.
 * @throws LaunchProblem when it has ended, or cannot be used at the limit
 */
export async function untilAnswered(
  test: () => Promise<boolean>,
  { name, limitMs, exited }: { name: string; limitMs: number; exited: Promise<number> },
): Promise<void> {
  let code: number | undefined;
  void exited.then((ended) => (code = ended));
  const end = performance.now() + limitMs;
  while (!(await test())) {
    if (code !== undefined) throw new LaunchProblem(`${name} ended (code ${code}) before it was ready`);
    if (performance.now() > end) throw new LaunchProblem(`${name} was not ready within ${limitMs / 1000} s`);
    await delay(pollMs);
  }
}
