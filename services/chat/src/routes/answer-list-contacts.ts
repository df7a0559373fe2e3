import { listContacts } from '@commons/contracts';
import { answer } from '../context.ts';

const MAX_CONTACTS = 5_000;

/** Whom somebody's presence is shown to. */
export const answerListContacts = answer(listContacts, async ({ ctx, input: { user_id } }) => {
  const hiddenIds = await ctx.blocks.hiddenFrom(user_id);
  return { user_ids: await ctx.chatList.contacts({ userId: user_id, hiddenIds }, MAX_CONTACTS) };
});
