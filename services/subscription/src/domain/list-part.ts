/** A place in a list: when the entry there was made, and its id. */
export type Position = { createdAt: Date; id: string };

/** Which part of a list is wanted: past so many, or after a place. */
export type ListPart = { limit: number; skip?: number; after?: Position };

/** A part of a list, and the place after which it goes on; null at the end. */
export type Slice<T> = { entries: T[]; next: Position | null };

/** Cuts what was read to the limit; one more than that was asked for, to see whether others follow. */
export function cutTo<T extends Position>(limit: number, found: readonly T[]): Slice<T> {
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null };
}

/** Whether a part lies behind a list of so many: it need not be read then. */
export const isPastEnd = ({ skip = 0 }: ListPart, count: number): boolean => skip > 0 && skip >= count;
