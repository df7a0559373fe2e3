import type { CounterStore } from '../data/counter-store.ts';
import type { Like, LikeStore, ListPart } from '../data/like-store.ts';
import type { LikerStore } from '../data/liker-store.ts';
import type { Target } from '../domain/target.ts';

type Parts = { likes: LikeStore; counters: CounterStore; likers: LikerStore };

export type ListedLiker = { like: Like; username: string };

/**
 * Who likes a target, latest first, and how many they are. Somebody whose account has gone is left out, and so is whoever is in
 * `without`: how many of these there are is said beside the count of all.
 */
export async function listLikers(
  { likes, counters, likers }: Parts,
  { target, without = [], ...part }: ListPart & { target: Target; without?: readonly string[] },
): Promise<{ count: number; leftOut: number; likers: ListedLiker[] }> {
  const [found, [counter], leftOut] = await Promise.all([
    likes.listOf(target, { ...part, notBy: without }),
    counters.find([target]),
    without.length > 0 ? likes.countAmong(target, without) : 0,
  ]);
  const names = await likers.find(found.map(({ userId }) => userId));
  return {
    count: counter?.count ?? 0,
    leftOut,
    likers: found.flatMap((like) => {
      const liker = names.get(like.userId);
      return liker && !liker.isErased ? [{ like, username: liker.username }] : [];
    }),
  };
}
