import { listUsers } from '@commons/contracts';
import type { Dapr } from '@commons/platform';
import type { z } from 'zod';
import type { Account } from '../domain/account.ts';

export type Accounts = {
  /** Those of some users, up to a thousand, as `auth` knows them now. */
  find(ids: readonly string[]): Promise<Account[]>;
  /** All in the order of their ids, from the one after `after`. */
  list(options: { after?: string | undefined; limit: number }): Promise<Account[]>;
};

/** The accounts of users, which are `auth`'s. */
export function createAccounts({ dapr }: { dapr: Pick<Dapr, 'call'> }): Accounts {
  const ask = async (input: z.input<(typeof listUsers)['input']>): Promise<Account[]> =>
    (await dapr.call(listUsers, input)).users.map(toAccount);
  return {
    find: (ids) => ask({ ids: [...ids], limit: 1_000 }),
    list: ({ after, limit }) => ask({ limit, ...(after !== undefined && { after }) }),
  };
}

type Told = z.output<(typeof listUsers)['output']>['users'][number];

const toAccount = (user: Told): Account => ({
  id: user.id,
  username: user.username,
  firstName: user.first_name,
  lastName: user.last_name,
  usernameRevision: user.username_revision,
  createdAt: new Date(user.created_at ?? secondOf(user.id)),
  isDeleted: user.status === 'deleted',
});

/** An id begins with the second in which it was made. */
const secondOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16) * 1_000;
