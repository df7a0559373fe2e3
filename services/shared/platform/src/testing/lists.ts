import type { Client } from './client.ts';

type Results = { results: { id: string }[] };

/** The ids in a page of a list. */
export const idsOf = ({ results }: Results): string[] => results.map(({ id }) => id);

/**
 * Reads a list by cursor, from its beginning to its end.
 * @param path with a query, but without `cursor`.
 */
export async function readToEnd(client: Client, path: string): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ''; cursor !== null; pages++) {
    const answer = await client.get(`${path}&cursor=${cursor}`).expect(200);
    const page = answer.body as Results & { next_cursor: string | null };
    ids.push(...idsOf(page));
    cursor = page.next_cursor;
  }
  return { ids, pages };
}

/** What no list takes as a page, a limit or a cursor. */
export const BAD_PAGES: readonly string[] = [
  'page=0',
  'page=x',
  'page=1.5',
  'page=',
  'page=1&page=2',
  'page=99999999999',
  'limit=0',
  'limit=-5',
  'limit=ten',
  'cursor=nonsense',
  'cursor=e30',
  `cursor=${'x'.repeat(501)}`,
];
