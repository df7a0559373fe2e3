/** Waits until `look` gives what `holds` accepts, looking every 20 ms. @throws with the last look after ten seconds. */
export async function eventually<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const limit = Date.now() + 10_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > limit)
      throw new Error(`it did not come about within 10 seconds; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
