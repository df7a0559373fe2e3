import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** Names and settings are kept once, so that new ones hold in all chats at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision, allow_messages_from: messagesFrom, revision } = data;
  if (username !== undefined && username_revision !== undefined)
    await ctx.people.rename({ userId, username, revision: username_revision }, tx);
  if (messagesFrom !== undefined && revision !== undefined)
    await ctx.people.noteSettings({ userId, messagesFrom, revision }, tx);
});
