import type { CounterStore } from '../data/counter-store.ts';
import type { Like, LikeStore, ListPart } from '../data/like-store.ts';
import type { LikerStore } from '../data/liker-store.ts';
import type { Target } from '../domain/target.ts';

type Parts = { likes: LikeStore; counters: CounterStore; likers: LikerStore };

export type ListedLiker = { like: Like; username: string };

/** Who likes a target, latest first, and how many they are. Somebody whose account has gone is left out. */
export async function listLikers(
  { likes, counters, likers }: Parts,
  { target, ...part }: ListPart & { target: Target },
): Promise<{ count: number; likers: ListedLiker[] }> {
  const [found, [counter]] = await Promise.all([likes.listOf(target, part), counters.find([target])]);
  const names = await likers.find(found.map(({ userId }) => userId));
  return {
    count: counter?.count ?? 0,
    likers: found.flatMap((like) => {
      const liker = names.get(like.userId);
      return liker && !liker.isErased ? [{ like, username: liker.username }] : [];
    }),
  };
}
