import { userProfileUpdated } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

/** Names and settings are kept once, so that new ones hold in all chats at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, allow_messages_from: messagesFrom, revision } = data;
  await noteName(ctx.people, data, tx);
  if (messagesFrom !== undefined && revision !== undefined)
    await ctx.people.noteSettings({ userId, messagesFrom, revision }, tx);
});
