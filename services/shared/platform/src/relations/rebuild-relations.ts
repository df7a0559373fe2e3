import type { RelationPair } from '@commons/contracts';
import type { Relation, RelationCopies } from './relation-copies.ts';

type Pair = Pick<RelationPair, 'from_id' | 'to_id'>;
/** The owner's pairs after one, in their order; none at the end. */
type Read = (after: Pair | undefined) => Promise<RelationPair[]>;

/**
 * Makes copies of relations anew from their owner, while events go on: a copy gives way only to a later revision, and one that has
 * no original goes only where it has not changed meanwhile.
 */
export async function rebuildRelations(
  copies: RelationCopies,
  read: Read,
): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: await removeOrphans(copies, read) };
  for (let pairs = await read(undefined); pairs.length > 0; pairs = await read(nameOf(pairs.at(-1)))) {
    for (const { from_id, to_id, is_on, revision } of pairs)
      if (await copies.note({ fromId: from_id, toId: to_id, isOn: is_on, revision })) result.corrected++;
    result.checked += pairs.length;
  }
  return result;
}

const PAGE = 500;

/** The copies are listed before the owner is asked, so that a pair that comes meanwhile is no orphan. */
async function removeOrphans(copies: RelationCopies, read: Read): Promise<number> {
  let removed = 0;
  for (let after: Pair | undefined; ;) {
    const page = await copies.list({ after, limit: PAGE });
    const last = page.at(-1);
    if (!last) return removed;
    const known = await readUpTo(read, { after, last: keyOf(toPair(last)) });
    for (const copy of page) if (!known.has(keyOf(toPair(copy))) && (await copies.remove(copy))) removed++;
    after = toPair(last);
  }
}

/** The keys of the owner's pairs after one and up to another. */
async function readUpTo(read: Read, { after, last }: { after: Pair | undefined; last: string }): Promise<Set<string>> {
  const known = new Set<string>();
  for (let from = after; ;) {
    const pairs = await read(from);
    for (const pair of pairs) known.add(keyOf(pair));
    from = nameOf(pairs.at(-1));
    if (!from || keyOf(from) >= last) return known;
  }
}

const keyOf = ({ from_id, to_id }: Pair): string => `${from_id}:${to_id}`;
const nameOf = (pair: RelationPair | undefined): Pair | undefined =>
  pair && { from_id: pair.from_id, to_id: pair.to_id };
const toPair = ({ fromId, toId }: Relation): Pair => ({ from_id: fromId, to_id: toId });
