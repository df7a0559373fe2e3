import { compareSync, hashSync } from 'bcryptjs';

/**
 * A hash of a password, made in a thread of its own.
 * @public found by its name.
 */
export const hashPassword = ({ password, cost }: { password: string; cost: number }): string =>
  hashSync(password, cost);

/**
 * Whether a password is the one of a hash.
 * @public found by its name.
 */
export const comparePassword = ({ password, hash }: { password: string; hash: string }): boolean =>
  compareSync(password, hash);
