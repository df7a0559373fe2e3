import { listProfileReferences } from '@commons/contracts';
import type { ChatContext } from '../context.ts';

const PAGE = 500;

/** Takes whose messages people take from `profile`. What comes by event meanwhile is later, and stays. */
export async function rebuildSettings({
  people,
  dapr,
}: Pick<ChatContext, 'people' | 'dapr'>): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await people.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    const { profiles } = await dapr.call(listProfileReferences, { ids, limit: PAGE });
    for (const { user_id: userId, allow_messages_from: messagesFrom, revision } of profiles)
      if (await people.noteSettings({ userId, messagesFrom, revision })) result.corrected++;
    result.checked += ids.length;
  }
}
