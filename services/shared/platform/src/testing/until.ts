/** Waits for a condition, looking every few milliseconds. @throws after ten seconds, or as many as are given. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what = 'the condition',
  seconds = 10,
): Promise<void> {
  const limit = Date.now() + seconds * 1_000;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`${what} did not come about within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
