/** How long each of some actions took, in milliseconds, and how long all of them. */
export type Times = { each: number[]; totalMs: number };

export type Figures = { perSecond: number; p50: number; p99: number };

/**
 * Does something over and over, some at a time, each next one when one is done.
 * @param action gives how many milliseconds of it count
 */
export async function measure(action: () => Promise<number>, concurrency: number, forMs: number): Promise<Times> {
  const each: number[] = [];
  const startedAt = performance.now();
  const end = startedAt + forMs;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) each.push(await action());
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { each, totalMs: performance.now() - startedAt };
}

/** What several runs came to. */
export function figuresOf(runs: readonly Times[]): Figures {
  const sorted = runs.flatMap(({ each }) => each).toSorted((a, b) => a - b);
  const totalMs = runs.reduce((sum, run) => sum + run.totalMs, 0);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { perSecond: (sorted.length * 1000) / totalMs, p50: at(0.5), p99: at(0.99) };
}
