import { listLikeCounts } from '@commons/contracts';
import type { CommentContext } from '../context.ts';

type Parts = Pick<CommentContext, 'comments' | 'dapr'>;
type Likes = { likesCount: number; likesRevision: number };

const PAGE = 1_000;

/**
 * Takes the likes of all comments over from `like`. The copies are read before their owner is asked, so that what the owner
 * says is at least as late; a like that comes by event meanwhile has a later revision, and stays.
 */
export async function rebuildLikeCounts({ comments, dapr }: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await comments.listLikes({ ...(after !== undefined && { after }), limit: PAGE });
    const last = page.at(-1);
    if (!last) return result;
    const counted = await countsBetween(dapr, after, last.id);
    for (const copy of page) {
      const right = counted.get(copy.id) ?? { likesCount: 0, likesRevision: copy.likesRevision };
      const isOff = right.likesCount !== copy.likesCount;
      if (isOff && (await comments.setLikes({ id: copy.id, ...right }))) result.corrected++;
    }
    result.checked += page.length;
    after = last.id;
  }
}

/** What `like` counts for comments above `after` and up to `upTo`. */
async function countsBetween(
  dapr: Parts['dapr'],
  after: string | undefined,
  upTo: string,
): Promise<Map<string, Likes>> {
  const found = new Map<string, Likes>();
  for (let from = after; from === undefined || from < upTo;) {
    const { counts } = await dapr.call(listLikeCounts, {
      target_type: 'comment',
      ...(from !== undefined && { after: from }),
      limit: PAGE,
    });
    for (const { target_id, likes_count, revision } of counts)
      found.set(target_id, { likesCount: likes_count, likesRevision: revision });
    from = counts.length < PAGE ? upTo : counts.at(-1)?.target_id;
  }
  return found;
}
