import type { CountCache } from './count-cache.ts';

/** Up to here a list is counted entry by entry; a larger number may be a minute old. */
const EXACT_UP_TO = 10_000;

/**
 * How many entries a list has, at a cost that does not grow with them (ADR 9).
 * @param query names the list: whatever makes it differ from others.
 * @param count counts the entries, but no more than `limit` where it is given.
 */
export async function countList(
  cache: CountCache,
  query: unknown,
  count: (limit?: number) => Promise<number>,
): Promise<number> {
  const name = JSON.stringify(query);
  const known = await cache.get(name);
  if (known !== undefined) return known;
  const exact = await count(EXACT_UP_TO + 1);
  if (exact <= EXACT_UP_TO) return exact;
  const large = await count();
  await cache.set(name, large);
  return large;
}
