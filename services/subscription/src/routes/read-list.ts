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
import type { ListPart, Slice } from '../domain/list-part.ts';

/** Farthest time that there is, in milliseconds from 1970. */
const LAST_TIME = 8_640_000_000_000_000;
const position = z.tuple([z.int().min(-LAST_TIME).max(LAST_TIME), id]);

type ListQuery = { page: number; limit: number; cursor?: string | undefined };

/** Schema of a list that is read by page or by cursor. */
export const listOf = <T extends z.ZodType>(item: T) => z.union([pageOf(item), cursorPageOf(item)]);

/**
 * Answers a part of a list: by page, or from a cursor at the same cost at any depth.
 * @param list `read` gives the part that is asked for, `view` how an entry is shown, `url` is what was asked.
 */
export async function readList<T, View>(
  { page, limit, cursor }: ListQuery,
  {
    read,
    view,
    url,
  }: { read: (part: ListPart) => Promise<Slice<T> & { count: number }>; view: (entry: T) => View; url: string },
): Promise<Page<View> | CursorPage<View>> {
  if (cursor === undefined) {
    const { entries, count } = await read({ limit, skip: (page - 1) * limit });
    return toPage(entries.map(view), { count, page, limit, url });
  }
  const [time, lastId] = decodeCursor(cursor, position) ?? [];
  const after = time === undefined || lastId === undefined ? undefined : { createdAt: new Date(time), id: lastId };
  const { entries, next } = await read({ limit, ...(after && { after }) });
  return { next_cursor: next && encodeCursor([next.createdAt.getTime(), next.id]), results: entries.map(view) };
}
