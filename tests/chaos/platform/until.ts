/** Waits so many milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until something holds, looking five times a second. A look that throws has not seen it.
 * @throws after `limitMs`, naming what was waited for.
 */
export async function until(what: string, look: () => Promise<boolean>, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      if (await look()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > limit) throw new Error(`not within ${limitMs / 1_000} s: ${what}`, { cause: last });
    await pause(200);
  }
}
