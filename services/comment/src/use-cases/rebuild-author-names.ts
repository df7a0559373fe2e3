import { listUsers } from '@commons/contracts';
import type { CommentContext } from '../context.ts';

const PAGE = 500;

/** Takes the names of all who wrote from `auth`. A name that comes by event meanwhile is later, and stays. */
export async function rebuildAuthorNames({
  authors,
  dapr,
}: Pick<CommentContext, 'authors' | 'dapr'>): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await authors.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    const { users } = await dapr.call(listUsers, { ids, limit: PAGE });
    for (const { id, username, username_revision } of users.filter(({ status }) => status !== 'deleted')) {
      if (await authors.rename({ userId: id, username, revision: username_revision })) result.corrected++;
    }
    result.checked += ids.length;
  }
}
