import { userDeleted } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { eraseUser } from '../use-cases/erase-user.ts';

export const onUserDeleted = subscribe(userDeleted, ({ ctx, data, tx }) => eraseUser(ctx, data.user_id, tx));
