import { userDataErased } from '@commons/contracts';
import type { JobRun, Transaction } from '@commons/platform';
import type { CounterStore } from '../data/counter-store.ts';
import type { Like, LikeStore } from '../data/like-store.ts';
import { targetKey } from '../domain/target.ts';
import { emitLikeChange } from './emit-like-change.ts';

type Parts = { service: string; likes: LikeStore; counters: CounterStore };

const BATCH = 50;

/** A step of the job that takes back the likes of a deleted user: some of them, and at the end the word that it is done. */
export async function eraseLiker(parts: Parts, { data, commit }: JobRun<{ user_id: string }>): Promise<void> {
  await commit(async (tx) => {
    const some = await parts.likes.someBy(data.user_id, BATCH, tx);
    await takeBack(parts, some, tx);
    if (some.length === BATCH) return data;
    tx.emit(userDataErased, data.user_id, { user_id: data.user_id, service: parts.service });
    return undefined;
  });
}

async function takeBack({ likes, counters }: Parts, going: readonly Like[], tx: Transaction): Promise<void> {
  const known = await counters.find(
    going.map(({ target }) => target),
    tx,
  );
  const byTarget = new Map(known.map((counter) => [targetKey(counter.target), counter]));
  for (const { target, userId } of going) {
    const counter = byTarget.get(targetKey(target));
    if (!counter?.details || counter.isGone) continue;
    const { details } = counter;
    const { count, revision } = await counters.add(target, details, -1, tx);
    emitLikeChange({ target, details, liker: { id: userId, username: '' }, isLiked: false, count, revision }, tx);
  }
  await likes.removeAll(
    going.map(({ id }) => id),
    tx,
  );
}
