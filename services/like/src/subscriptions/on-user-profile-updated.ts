import { userProfileUpdated } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

/** A liker's name is kept once, so that a new one shows on all their likes at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, ({ ctx, data, tx }) =>
  noteName(ctx.likers, data, tx),
);
