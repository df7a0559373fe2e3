import { userDataErased } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { noteErasure } from '../use-cases/note-erasure.ts';

/** A service holds nothing of a deleted user any more. */
export const onUserDataErased = subscribe(userDataErased, ({ ctx, data, tx }) =>
  noteErasure(ctx, { userId: data.user_id, service: data.service }, tx),
);
