import type { Transaction } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { COUNTED, type Counts } from '../domain/counts.ts';

type Parts = Pick<SubscriptionContext, 'subscriptions' | 'blocks' | 'counters' | 'transaction'>;

const PAGE = 500;

/** Counts anew what is counted for every user, each in a transaction of its own. */
export async function rebuildCounters(ctx: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await ctx.counters.list({ after, limit: PAGE });
    after = page.at(-1)?.userId;
    if (after === undefined) return result;
    for (const { userId } of page) if (await recount(ctx, userId)) result.corrected++;
    result.checked += page.length;
  }
}

function recount(ctx: Parts, userId: string): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const counter = await ctx.counters.find(userId, tx);
    if (!counter || counter.isErased) return false;
    const right = await count(ctx, userId, tx);
    if (COUNTED.every((kind) => counter[kind] === right[kind])) return false;
    await ctx.counters.correct(counter, right, tx);
    return true;
  });
}

async function count({ subscriptions, blocks }: Parts, userId: string, tx: Transaction): Promise<Counts> {
  return {
    followers: await subscriptions.count({ followingId: userId, status: 'accepted' }, tx),
    following: await subscriptions.count({ followerId: userId, status: 'accepted' }, tx),
    requestsIn: await subscriptions.count({ followingId: userId, status: 'pending' }, tx),
    requestsOut: await subscriptions.count({ followerId: userId, status: 'pending' }, tx),
    blocks: await blocks.count({ blockerId: userId }, tx),
    blockedBy: await blocks.count({ blockedId: userId }, tx),
  };
}
