import { z } from 'zod';
import { BadRequest } from './errors.ts';
import { currentRequest } from './request-context.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Query fields of a list that is read by page or by cursor. `limit` over 100 is cut to 100. */
export const pageQuery = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .transform((value) => Math.min(value, MAX_LIMIT))
    .default(DEFAULT_LIMIT),
  cursor: z.string().max(500).optional(),
};

export type Page<T> = { count: number; next: string | null; previous: string | null; results: T[] };
export type CursorPage<T> = { next_cursor: string | null; results: T[] };

/** Schema of a list read by page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.int(), next: z.url().nullable(), previous: z.url().nullable(), results: z.array(item) });

/** Schema of a list read by cursor. */
export const cursorPageOf = <T extends z.ZodType>(item: T) =>
  z.object({ next_cursor: z.string().nullable(), results: z.array(item) });

/** A full URL on the public address for a path of the API. */
export const publicUrl = (path: string): string => `${currentRequest()?.publicBaseUrl ?? ''}${path}`;

/**
 * A page as the API gives it.
 * @param url path and query of the request, from which `next` and `previous` are made.
 */
export function toPage<T>(
  results: T[],
  { count, page, limit, url }: { count: number; page: number; limit: number; url: string },
): Page<T> {
  const last = Math.max(1, Math.ceil(count / limit));
  return {
    count,
    next: page < last ? withPage(url, page + 1) : null,
    previous: page > 1 ? withPage(url, Math.min(page - 1, last)) : null,
    results,
  };
}

/** `Link` and `X-Total-Count` for lists that answer a bare array. */
export function pageHeaders({
  count,
  page,
  limit,
  url,
}: {
  count: number;
  page: number;
  limit: number;
  url: string;
}): Record<string, string> {
  const { next, previous } = toPage([], { count, page, limit, url });
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`].filter(Boolean);
  return { 'x-total-count': String(count), ...(links.length > 0 && { link: links.join(', ') }) };
}

/**
 * As `pageHeaders`, for a list that is read by cursor.
 * @param list `count` where it costs nothing to know; `nextCursor` is null at the end.
 */
export function cursorHeaders(list: {
  count?: number;
  nextCursor: string | null;
  url: string;
}): Record<string, string> {
  const { count, nextCursor, url } = list;
  return {
    ...(count !== undefined && { 'x-total-count': String(count) }),
    ...(nextCursor !== null && { link: `<${withParameter(url, 'cursor', nextCursor)}>; rel="next"` }),
  };
}

const withPage = (url: string, page: number): string => withParameter(url, 'page', String(page));

function withParameter(url: string, name: string, value: string): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return publicUrl(`${path}?${parameters.toString()}`);
}

/** An opaque cursor that holds a position: the values of the ordered fields of the last row. */
export const encodeCursor = (position: unknown[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * @param shape schema of the position.
 * @returns the position, or undefined for an empty cursor, which starts.
 * @throws BadRequest (`invalid_cursor`) where we did not make it.
 */
export function decodeCursor<T>(cursor: string, shape: z.ZodType<T>): T | undefined {
  if (cursor === '') return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new BadRequest('cursor: is not one that this list gave', 'invalid_cursor', [
      { path: 'cursor', message: 'is not one that this list gave' },
    ]);
  }
}
