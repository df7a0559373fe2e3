import type { CopiedCount, Correction, PostCounts } from '../data/post-counts.ts';

/** Lists exact counts of the service that owns them, in the order of the posts' ids. */
export type OwnedCounts = (options: { after?: string; limit: number }) => Promise<CopiedCount[]>;

const PAGE = 500;

/**
 * Makes the copies of a count anew from its owner. Each copy is read before its owner is asked, and set only where it
 * has not changed since: a change that arrives in between is later than the list, and stays.
 */
export async function rebuildCopiedCounts(
  copies: PostCounts,
  owned: OwnedCounts,
): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  let after: string | undefined;
  for (;;) {
    const page = await copies.list({ limit: PAGE, ...(after && { after }) });
    const last = page.at(-1);
    if (!last) return result;
    const right = await readUpTo(owned, { after, last: last.postId });
    const all = page.map((listed) => ({ listed, right: right.get(listed.postId) ?? { count: 0, revision: 0 } }));
    result.corrected += await copies.correct(all.filter(isOff));
    result.checked += page.length;
    after = last.postId;
  }
}

const isOff = ({ listed, right }: Correction): boolean =>
  listed.count !== right.count || listed.revision !== right.revision;

/** What the owner has for the posts after one and up to another. */
async function readUpTo(
  owned: OwnedCounts,
  { after, last }: { after: string | undefined; last: string },
): Promise<Map<string, CopiedCount>> {
  const found = new Map<string, CopiedCount>();
  for (let from = after; ;) {
    const page = await owned({ limit: PAGE, ...(from && { after: from }) });
    for (const count of page) found.set(count.postId, count);
    from = page.at(-1)?.postId;
    if (page.length < PAGE || from === undefined || from >= last) return found;
  }
}
