/** Waits until `look` gives what `holds` accepts, looking every 20 ms. @throws with the last look at the limit, ten seconds if none is given. */
export async function eventually<T>(
  look: () => Promise<T>,
  holds: (value: T) => boolean,
  limitMs = 10_000,
): Promise<T> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > limit)
      throw new Error(`it did not come about within ${limitMs / 1000} seconds; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
