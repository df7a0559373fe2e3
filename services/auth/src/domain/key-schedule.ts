/** When a key came and when it signs. Keys are numbered in the order in which they sign. */
export type ScheduledKey = { generation: number; signsFrom: Date };

export type KeySchedule = {
  /** How long one key signs. */
  periodMs: number;
  /** How long a key is published before it signs, so that everyone knows it by then. */
  aheadMs: number;
  /** How long the last token of a key may still be shown after the next key has taken over. */
  lingerMs: number;
};

/** The key that must be made now, or undefined. `keys` are in the order of their generations. */
export function dueKey(
  keys: readonly ScheduledKey[],
  now: Date,
  { periodMs, aheadMs }: KeySchedule,
): ScheduledKey | undefined {
  const newest = keys.at(-1);
  if (!newest) return { generation: 1, signsFrom: now };
  const endsAt = newest.signsFrom.getTime() + periodMs;
  const soonest = now.getTime() + aheadMs;
  if (soonest < endsAt) return undefined;
  return { generation: newest.generation + 1, signsFrom: new Date(Math.max(endsAt, soonest)) };
}

/** The key that signs at `now`: the latest whose time has come. */
export function signerAt<Key extends ScheduledKey>(keys: readonly Key[], now: Date): Key | undefined {
  return keys.findLast(({ signsFrom }) => signsFrom <= now) ?? keys[0];
}

/** The keys that a token in hand may name: all but those whose successor has signed for longer than tokens live. */
export function publishedAt<Key extends ScheduledKey>(
  keys: readonly Key[],
  now: Date,
  { lingerMs }: KeySchedule,
): Key[] {
  return keys.filter((_, index) => {
    const successor = keys[index + 1];
    return !successor || now.getTime() < successor.signsFrom.getTime() + lingerMs;
  });
}
