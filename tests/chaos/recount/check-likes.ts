import { goneWithPost, type Ledger, type Target } from '../ledger/ledger.ts';
import type { Finding, Observed, Problem } from './observed.ts';

/** Whether everybody likes what they were told that they like, by each list that shows it. */
export function checkLikes(ledger: Ledger, seen: Observed): Finding[] {
  return [
    {
      name: 'every acknowledged like and unlike holds',
      kind: 'loss',
      problems: [...ledger.likes].flatMap(([target, likers]) =>
        isThere(ledger, target) ? [...likers].flatMap(([userId, sure]) => checkLike(seen, target, userId, sure)) : [],
      ),
    },
    {
      name: 'nobody likes what nobody liked',
      kind: 'double',
      problems: [...seen.users.values()].flatMap(({ id, likes }) =>
        likes.flatMap((target) => {
          if (isGone(ledger, target)) return [{ what: `${id} likes ${target}, which has gone` }];
          const isKnown = isOfRun(ledger, target) && !ledger.likes.get(target)?.has(id);
          return isKnown ? [{ what: `${id} likes ${target}, and never asked to` }] : [];
        }),
      ),
    },
  ];
}

function checkLike(seen: Observed, target: Target, userId: string, sure: 'yes' | 'no' | 'maybe'): Problem[] {
  const user = seen.users.get(userId);
  if (!user) return [];
  const times = user.likes.filter((each) => each === target).length;
  const isListed = seen.posts.get(target.slice('post:'.length))?.likers.includes(userId);
  const problems: Problem[] = [];
  if (times > 1) problems.push({ what: `${userId} likes ${target} ${times} times` });
  if (sure === 'yes' && times === 0) problems.push({ what: `${userId} does not like ${target} any more` });
  if (sure === 'no' && times > 0) problems.push({ what: `${userId} still likes ${target}` });
  if (target.startsWith('post:') && isListed !== times > 0)
    problems.push({ what: `the lists of ${userId} and of ${target} do not agree` });
  return problems;
}

/** Whether a target is still there for sure. */
export function isThere(ledger: Ledger, target: Target): boolean {
  return goneOf(ledger, target) === 'no';
}

const isGone = (ledger: Ledger, target: Target): boolean => goneOf(ledger, target) === 'yes';
const isOfRun = (ledger: Ledger, target: Target): boolean => goneOf(ledger, target) !== undefined;

function goneOf(ledger: Ledger, target: Target): 'yes' | 'no' | 'maybe' | undefined {
  const [kind, id = ''] = target.split(':');
  if (kind === 'post') return ledger.posts.get(id)?.gone;
  const comment = ledger.comments.get(id);
  return comment && goneWithPost(ledger, comment);
}

/** Those who like a target, by the lists of all who took part. */
export function likersOf(seen: Observed): Map<Target, string[]> {
  const likers = new Map<Target, string[]>();
  for (const { id, likes } of seen.users.values())
    for (const target of likes) likers.set(target, [...(likers.get(target) ?? []), id]);
  return likers;
}
