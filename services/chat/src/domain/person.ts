import type { User } from '@commons/platform';

/** Who acts: named by their token, or by a service whose connection outlives it. */
export type Actor = Pick<User, 'id' | 'username'>;
