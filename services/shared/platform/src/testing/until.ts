/** Waits for a condition, looking every few milliseconds. @throws at the limit, after ten seconds if none is given. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what = 'the condition',
  limitMs = 10_000,
): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`${what} did not come about within ${limitMs / 1000} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
