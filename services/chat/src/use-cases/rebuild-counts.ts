import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import type { Chat } from '../domain/chat.ts';

type Parts = Pick<ChatContext, 'chats' | 'messages' | 'readMarks' | 'transaction' | 'queue'>;

const PAGE = 500;

/** Counts anew, chat by chat: the last `seq` from the messages, and what of the unread ones is the reader's own. */
export async function rebuildCounts(ctx: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const ids = await ctx.chats.listIds({ after, limit: PAGE });
    after = ids.at(-1);
    if (after === undefined) return result;
    for (const id of ids) {
      const { checked, corrected } = await ctx.queue(id, () => ctx.transaction((tx) => recount(ctx, id, tx)));
      result.checked += checked;
      result.corrected += corrected;
    }
  }
}

async function recount(ctx: Parts, chatId: string, tx: Transaction): Promise<{ checked: number; corrected: number }> {
  const chat = await ctx.chats.find(chatId, tx);
  if (!chat) return { checked: 0, corrected: 0 };
  const lastSeq = await ctx.messages.lastSeq(chatId, tx);
  if (lastSeq !== chat.lastSeq) await ctx.chats.setLastSeq(chatId, lastSeq, tx);
  const marks = await correctMarks(ctx, { ...chat, lastSeq }, tx);
  return { checked: 1 + marks.checked, corrected: marks.corrected + (lastSeq === chat.lastSeq ? 0 : 1) };
}

async function correctMarks(
  { messages, readMarks }: Parts,
  { id, lastSeq }: Chat,
  tx: Transaction,
): Promise<{ checked: number; corrected: number }> {
  const marks = await readMarks.ofChat(id, tx);
  let corrected = 0;
  for (const mark of marks) {
    const readSeq = Math.min(mark.readSeq, lastSeq);
    const ownUnread = readSeq === lastSeq ? 0 : await messages.countOwn(id, mark.userId, readSeq, tx);
    if (readSeq === mark.readSeq && ownUnread === mark.ownUnread) continue;
    await readMarks.set({ ...mark, readSeq, ownUnread }, tx);
    corrected++;
  }
  return { checked: marks.length, corrected };
}
