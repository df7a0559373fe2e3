import type { Api } from '../load/api.ts';

/** Reads as somebody, or nobody. @throws where the answer is no 200, and `missing` does not stand for it. */
export type Read = (path: string, token?: string) => Promise<{ body: unknown; headers: Headers } | undefined>;

/** Reads by the API; a 404 gives undefined. */
export const createRead =
  (api: Api): Read =>
  async (path, token) => {
    const { status, body, headers } = await api.ask({ purpose: 'recount', method: 'GET', path, token });
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return { body: body as unknown, headers };
  };

const LIMIT = 100;
const with100 = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}limit=${LIMIT}`;

/** All of a list that answers `{count, results}`, page by page. */
export async function readPages<Item>(
  read: Read,
  path: string,
  token?: string,
): Promise<{ items: Item[]; count: number }> {
  const items: Item[] = [];
  for (let page = 1; ; page++) {
    const answer = (await read(`${with100(path)}&page=${page}`, token))?.body as
      { count: number; results: Item[] } | undefined;
    items.push(...(answer?.results ?? []));
    if (!answer || answer.results.length < LIMIT) return { items, count: answer?.count ?? 0 };
  }
}

/** All of a list that answers a bare array, with its `X-Total-Count`. */
export async function readArray<Item>(
  read: Read,
  path: string,
  token?: string,
): Promise<{ items: Item[]; count: number }> {
  const items: Item[] = [];
  for (let page = 1; ; page++) {
    const answer = await read(`${with100(path)}&page=${page}`, token);
    const found = (answer?.body ?? []) as Item[];
    items.push(...found);
    if (found.length < LIMIT) return { items, count: Number(answer?.headers.get('x-total-count') ?? 0) };
  }
}

/** As `Promise.all` over a list, so many at a time. */
export async function mapSome<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  return results;
}
