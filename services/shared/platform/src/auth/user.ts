import type { Role } from '@commons/contracts';

/** Whom an access token names. */
export type User = {
  id: string;
  username: string;
  roles: Role[];
  sessionId: string;
};

export const isAdmin = (user: Pick<User, 'roles'> | undefined): boolean => user?.roles.includes('admin') ?? false;
