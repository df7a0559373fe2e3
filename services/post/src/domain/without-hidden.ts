/** What is by users who are not hidden from the reader. */
export function withoutHidden<T extends { userId: string }>(all: readonly T[], hidden: readonly string[]): T[] {
  const isHidden = new Set(hidden);
  return all.filter(({ userId }) => !isHidden.has(userId));
}
