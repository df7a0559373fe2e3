import { asHttpError } from '@commons/platform';
import type { RealtimeContext } from '../context.ts';
import type { Connection } from '../domain/connection.ts';
import { catchUp } from './catch-up.ts';
import { settle } from './pass-messages.ts';

/**
 * Gives a client what it missed in these chats, each after the seq that it has, also while new messages come.
 * @returns the seq that it has now in each chat; those that it is not in are left out.
 * @throws the first error of a chat that could not be asked for; the others are done.
 */
export async function resumeChats(
  ctx: RealtimeContext,
  connection: Connection,
  chats: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const works = Object.entries(chats).map(async ([chatId, after]) => {
    const last = await orNotThere(catchUp(ctx, connection, { chatId, after }));
    return last === undefined ? [] : [[chatId, last] as const];
  });
  settle(ctx, connection);
  const results = await Promise.allSettled(works);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
}

async function orNotThere(work: Promise<number | undefined>): Promise<number | undefined> {
  try {
    return await work;
  } catch (error) {
    if (asHttpError(error).status < 500) return undefined;
    throw error;
  }
}
