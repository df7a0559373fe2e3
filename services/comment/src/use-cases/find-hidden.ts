import { isAdmin, type Blocks, type User } from '@commons/platform';

type Parts = { blocks: Blocks };

/** All whom a user does not see: those whom they block, and who block them. Admins see everybody. */
export const findHidden = async ({ blocks }: Parts, user: User | undefined): Promise<string[]> =>
  user === undefined || isAdmin(user) ? [] : blocks.hiddenFrom(user.id);

/** Whether a user does not see another. */
export const isHidden = async ({ blocks }: Parts, user: User | undefined, otherId: string): Promise<boolean> =>
  user !== undefined && !isAdmin(user) && blocks.areApart(user.id, otherId);
