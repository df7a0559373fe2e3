import {
  inAllTurns,
  Unauthorized,
  type Clock,
  type KeyedQueue,
  type RunTransaction,
  type Transaction,
} from '@commons/platform';
import type { Counter, CounterStore } from '../data/counter-store.ts';
import type { LikeStore } from '../data/like-store.ts';
import type { LikerStore } from '../data/liker-store.ts';
import { postTarget, TargetNotFound, targetKey, type Target, type TargetDetails } from '../domain/target.ts';
import { emitLikeChange } from './emit-like-change.ts';

type Parts = {
  transaction: RunTransaction;
  clock: Clock;
  likes: LikeStore;
  counters: CounterStore;
  likers: LikerStore;
  likeQueue: KeyedQueue;
};

export type SetLike = {
  target: Target;
  details: TargetDetails;
  user: { id: string; username: string };
  action: 'toggle' | 'like' | 'unlike';
};

export type LikeState = { liked: boolean; count: number; revision: number };

/**
 * Likes something or takes the like back, and counts it exactly. Likes of one target stand in line, and those of one
 * user, so that transactions do not run into each other where many come at once.
 * @throws TargetNotFound where the target has gone.
 */
export function setLike(parts: Parts, request: SetLike): Promise<LikeState> {
  return inAllTurns(parts.likeQueue, [targetKey(request.target), `user:${request.user.id}`], () =>
    parts.transaction((tx) => change(parts, request, tx)),
  );
}

async function change(parts: Parts, request: SetLike, tx: Transaction): Promise<LikeState> {
  const { target, details, user } = request;
  if (target.type === 'comment') await requireOpen(parts, postTarget(details.postId), target, tx);
  const { isChanged, liked } = await changeLike(parts, request, tx);
  if (!isChanged) {
    const counter = await requireOpen(parts, target, target, tx);
    return { liked, count: counter?.count ?? 0, revision: counter?.revision ?? 0 };
  }
  const by = liked ? 1 : -1;
  const { count, revision, isGone } = await parts.counters.add(target, details, by, tx);
  if (isGone) throw new TargetNotFound(target);
  const username = await parts.likers.count(user, by, tx);
  if (username === undefined) throw new Unauthorized('The account has gone.', 'token_revoked');
  const liker = { id: user.id, username };
  emitLikeChange({ target, details, liker, isLiked: liked, count, revision }, tx);
  return { liked, count, revision };
}

/** @throws TargetNotFound for the target where what it stands or falls with has gone. */
async function requireOpen(
  { counters }: Parts,
  base: Target,
  target: Target,
  tx: Transaction,
): Promise<Counter | undefined> {
  const [counter] = await counters.find([base], tx);
  if (counter?.isGone) throw new TargetNotFound(target);
  return counter;
}

async function changeLike(
  { clock, likes }: Parts,
  { target, user, action }: SetLike,
  tx: Transaction,
): Promise<{ isChanged: boolean; liked: boolean }> {
  if (action !== 'like' && (await likes.remove(target, user.id, tx))) return { isChanged: true, liked: false };
  if (action === 'unlike') return { isChanged: false, liked: false };
  return { isChanged: await likes.add(target, user.id, clock.now(), tx), liked: true };
}
