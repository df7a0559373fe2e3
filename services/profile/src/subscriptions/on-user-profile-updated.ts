import { userProfileUpdated } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { takeAccount } from '../use-cases/take-account.ts';

/** Names follow their owner, `auth`; all else that is told so is told by this service itself. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, async ({ ctx, data, tx }) => {
  const { user_id: id, username, first_name: firstName, last_name: lastName, username_revision } = data;
  if (username === undefined || username_revision === undefined) return;
  await takeAccount(ctx, { id, username, firstName, lastName, usernameRevision: username_revision }, tx);
});
