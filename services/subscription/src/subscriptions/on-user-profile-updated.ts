import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** Names come from `auth`, the rest from `profile`. Where a profile becomes public, requests still wait for their answer. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, username, username_revision, nickname, avatar_url: avatarUrl, visibility, revision } = data;
  if (username !== undefined && username_revision !== undefined)
    await ctx.people.rename({ userId, username, revision: username_revision }, tx);
  if (revision !== undefined) await ctx.people.describe({ userId, nickname, avatarUrl, visibility, revision }, tx);
});
