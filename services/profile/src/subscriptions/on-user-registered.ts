import { userRegistered } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { takeAccount } from '../use-cases/take-account.ts';

/** Who registers has a profile. */
export const onUserRegistered = subscribe(userRegistered, async ({ ctx, data, tx }) => {
  const { user_id: id, username, first_name: firstName, last_name: lastName, username_revision } = data;
  const account = { id, username, firstName, lastName, usernameRevision: username_revision };
  await takeAccount(ctx, { ...account, createdAt: new Date(data.created_at) }, tx);
});
