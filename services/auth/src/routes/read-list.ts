import { id } from '@commons/contracts';
import {
  cursorPageOf,
  decodeCursor,
  encodeCursor,
  pageOf,
  toPage,
  type CursorPage,
  type Page,
} from '@commons/platform';
import { z } from 'zod';

export type ListQuery = { page: number; limit: number; cursor?: string | undefined };

export type Slice = { skip?: number; limit: number; before?: string | undefined };

/** Schema of a list that is read by page or by cursor. */
export const listShape = <T extends z.ZodType>(item: T) => z.union([pageOf(item), cursorPageOf(item)]);

/**
 * Reads a list that is ordered by id, latest first: by page, or from a cursor at the same cost at any depth.
 * @param list `read` gives a slice of it, `count` how many there are, `url` is what was asked.
 */
export async function readList<T extends { id: string }>(
  { page, limit, cursor }: ListQuery,
  list: { read: (slice: Slice) => Promise<T[]>; count: () => Promise<number>; url: string },
): Promise<Page<T> | CursorPage<T>> {
  if (cursor === undefined) {
    const [results, count] = await Promise.all([list.read({ skip: (page - 1) * limit, limit }), list.count()]);
    return toPage(results, { count, page, limit, url: list.url });
  }
  const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
  const found = await list.read({ limit: limit + 1, before });
  const results = found.slice(0, limit);
  const last = results.at(-1);
  return { next_cursor: found.length > limit && last ? encodeCursor([last.id]) : null, results };
}
