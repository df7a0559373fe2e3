import type { Role, UserStatus } from '@commons/contracts';

/** An account. Of a deleted one nothing personal is left: its texts are empty. */
export type User = {
  id: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  roles: Role[];
  status: UserStatus;
  isEmailVerified: boolean;
  passwordHash: string;
  /** Grows with each change of the username, first or last name, so that whoever copies them never steps back. */
  usernameRevision: number;
  /** Tokens issued before this (seconds since 1970) are revoked, so the next one is issued no earlier. */
  tokensFrom: number;
  createdAt: Date;
};

export type NewUser = Pick<
  User,
  'username' | 'email' | 'firstName' | 'lastName' | 'roles' | 'passwordHash' | 'createdAt'
>;

/** What a user may change of themselves. */
export type UserChange = Partial<Pick<User, 'username' | 'email' | 'firstName' | 'lastName'>>;
