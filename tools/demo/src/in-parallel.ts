import pLimit from 'p-limit';
import { Unexpected } from './api.ts';
import type { Loading } from './load/loading.ts';

/**
 * Does `work` for every item, `concurrency` at a time, and shows the progress. Gives the results in the order of the
 * items: undefined where the platform refused, which is counted. Anything else that is thrown ends it all.
 */
export async function inParallel<Item, Result>(
  label: string,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { concurrency, progress, loaded: { refused } }: Loading,
): Promise<(Result | undefined)[]> {
  const limit = pLimit(concurrency);
  progress.start(label, items.length);
  try {
    return await limit.map(items, async (item) => {
      const result = await workOrRefusal(() => work(item), refused);
      progress.tick();
      return result;
    });
  } finally {
    limit.clearQueue();
    progress.stop();
  }
}

async function workOrRefusal<Result>(
  work: () => Promise<Result>,
  refused: Map<string, number>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    refused.set(error.message, (refused.get(error.message) ?? 0) + 1);
    return undefined;
  }
}
