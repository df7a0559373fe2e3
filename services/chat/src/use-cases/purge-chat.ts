import type { JobRun } from '@commons/platform';
import type { ChatContext } from '../context.ts';

/** Messages that one transaction removes. */
const BATCH = 500;

/** Removes what is left of a chat that has gone, a batch at each step. */
export async function purgeChat(
  { messages, readMarks }: Pick<ChatContext, 'messages' | 'readMarks'>,
  { data, commit }: JobRun<{ chat_id: string }>,
): Promise<void> {
  await commit(async (tx) => {
    await readMarks.removeOf(data.chat_id, tx);
    return (await messages.removeSomeOf(data.chat_id, BATCH, tx)) < BATCH ? undefined : data;
  });
}
