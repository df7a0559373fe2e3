import { userProfileUpdated } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

/** A name is kept once, so that a new one shows on all projects, applications and memberships at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, ({ ctx, data, tx }) =>
  noteName(ctx.people, data, tx),
);
