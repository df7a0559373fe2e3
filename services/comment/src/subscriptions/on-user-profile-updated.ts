import { userProfileUpdated } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

export const onUserProfileUpdated = subscribe(userProfileUpdated, ({ ctx, data, tx }) =>
  noteName(ctx.authors, data, tx),
);
