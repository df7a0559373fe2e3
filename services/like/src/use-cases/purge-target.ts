import type { JobRun } from '@commons/platform';
import type { LikeStore } from '../data/like-store.ts';
import type { LikerStore } from '../data/liker-store.ts';
import type { Target } from '../domain/target.ts';

const BATCH = 200;

/** A step of the job that removes the likes of a target that has gone. */
export async function purgeTarget(
  { likes, likers }: { likes: LikeStore; likers: LikerStore },
  { data, commit }: JobRun<Target>,
): Promise<void> {
  await commit(async (tx) => {
    const some = await likes.someOf(data, BATCH, tx);
    await likes.removeAll(
      some.map(({ id }) => id),
      tx,
    );
    await likers.uncount(
      some.map(({ userId }) => userId),
      tx,
    );
    return some.length === BATCH ? data : undefined;
  });
}
