import { userRegistered } from '@commons/contracts';
import { noteName } from '@commons/platform';
import { subscribe } from '../context.ts';

/** Whoever has an account can be brought into a chat, without `auth` being asked. */
export const onUserRegistered = subscribe(userRegistered, ({ ctx, data, tx }) => noteName(ctx.people, data, tx));
