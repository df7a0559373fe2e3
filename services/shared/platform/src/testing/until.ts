/** Waits for a condition, looking every few milliseconds. @throws after ten seconds. */
export async function until(condition: () => Promise<boolean> | boolean, what = 'the condition'): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`${what} did not come about within 10 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
