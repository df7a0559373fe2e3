import { userProfileUpdated } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

/** An author's name is kept once, so that a new one shows on all their posts at once. */
export const onUserProfileUpdated = subscribe(userProfileUpdated, ({ ctx, data, tx }) =>
  noteName(ctx.authors, data, tx),
);
