import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { noteVisibility } from '../use-cases/note-visibility.ts';

/** Notes whether a user lets others know that they are there. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: userId, show_online: isShown, revision } = data;
  if (isShown === undefined || revision === undefined) return;
  await noteVisibility(ctx, { userId, isHidden: !isShown, revision }, tx);
});
