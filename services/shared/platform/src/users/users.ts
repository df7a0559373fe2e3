import { listUsers } from '@commons/contracts';
import type { Dapr } from '../dapr/dapr.ts';

export type UserName = { userId: string; username: string; revision: number; isDeleted: boolean };

export type Users = {
  /** Names of up to 1,000 users, as `auth` knows them now. */
  names(ids: string[]): Promise<UserName[]>;
};

/** The users, who are `auth`'s. */
export function createUsers({ dapr }: { dapr: Pick<Dapr, 'call'> }): Users {
  return {
    async names(ids) {
      const { users } = await dapr.call(listUsers, { ids, limit: 1_000 });
      return users.map(({ id, username, username_revision, status }) => ({
        userId: id,
        username,
        revision: username_revision,
        isDeleted: status === 'deleted',
      }));
    },
  };
}
