import { listUsers } from '@commons/contracts';
import type { NotificationContext } from '../context.ts';

const PAGE = 500;

/** Takes the names of all of whom notifications tell from `auth`. A name that comes by event meanwhile is later, and stays. */
export async function rebuildActorNames({
  people,
  dapr,
}: Pick<NotificationContext, 'people' | 'dapr'>): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await people.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    const { users } = await dapr.call(listUsers, { ids, limit: PAGE });
    for (const { id, username, username_revision } of users.filter(({ status }) => status !== 'deleted')) {
      if (await people.rename({ userId: id, username, revision: username_revision })) result.corrected++;
    }
    result.checked += ids.length;
  }
}
