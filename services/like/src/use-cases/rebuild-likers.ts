import type { RunTransaction, Users } from '@commons/platform';
import type { LikeStore } from '../data/like-store.ts';
import type { Liker, LikerStore } from '../data/liker-store.ts';

type Parts = { transaction: RunTransaction; likes: LikeStore; likers: LikerStore; users: Users };

const PAGE = 500;

/** Makes the likers' names anew from `auth`, and how many likes each has given; what changes meanwhile is later, and stays. */
export async function rebuildLikers(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  let page = await parts.likers.list({ limit: PAGE });
  while (page.length > 0) {
    const names = new Map((await parts.users.names(page.map(({ id }) => id))).map((name) => [name.userId, name]));
    for (const liker of page) {
      const isRenamed = await correctName(parts, liker, names.get(liker.id));
      const isRecounted = await recount(parts, liker);
      if (isRenamed || isRecounted) result.corrected += 1;
    }
    result.checked += page.length;
    const last = page.at(-1)?.id;
    page = await parts.likers.list({ limit: PAGE, ...(last !== undefined && { after: last }) });
  }
  return result;
}

async function correctName(
  { likers }: Parts,
  liker: Liker,
  right: { username: string; revision: number } | undefined,
): Promise<boolean> {
  if (!right || (right.username === liker.username && right.revision === liker.usernameRevision)) return false;
  return likers.correctName(liker, right);
}

function recount({ transaction, likes, likers }: Parts, { id }: Liker): Promise<boolean> {
  return transaction(async (tx) => {
    const liker = (await likers.find([id], tx)).get(id);
    const count = await likes.countBy(id, tx);
    if (!liker || liker.isErased || liker.likesCount === count) return false;
    await likers.correctCount(id, count, tx);
    return true;
  });
}
