import type { LikeTarget } from '@commons/contracts';
import type { RunTransaction } from '@commons/platform';
import type { Counter, CounterStore } from '../data/counter-store.ts';
import type { LikeStore } from '../data/like-store.ts';

type Parts = { transaction: RunTransaction; likes: LikeStore; counters: CounterStore };

const PAGE = 500;

/** Counts the likes of every target anew, each in a transaction of its own. */
export async function rebuildCounters(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for await (const counter of allCounters(parts)) {
    if (await recount(parts, counter)) result.corrected += 1;
    result.checked += 1;
  }
  return result;
}

async function* allCounters({ counters }: Parts): AsyncIterable<Counter> {
  const types: LikeTarget[] = ['post', 'comment'];
  for (const type of types) {
    let page = await counters.list({ type, limit: PAGE });
    while (page.length > 0) {
      yield* page;
      const last = page.at(-1)?.target.id;
      page = await counters.list({ type, limit: PAGE, ...(last !== undefined && { after: last }) });
    }
  }
}

function recount({ transaction, likes, counters }: Parts, { target }: Counter): Promise<boolean> {
  return transaction(async (tx) => {
    const [counter] = await counters.find([target], tx);
    const count = await likes.countOf(target, tx);
    if (!counter || counter.isGone || counter.count === count) return false;
    await counters.correct(target, count, tx);
    return true;
  });
}
