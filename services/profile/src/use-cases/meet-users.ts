import { currentRequest, withRequest, type RunTransaction } from '@commons/platform';
import type { Accounts } from '../clients/accounts.ts';
import { takeAccount } from './take-account.ts';

type Parts = Parameters<typeof takeAccount>[0] & { accounts: Accounts; transaction: RunTransaction };

/** Makes the profiles of users of whom no event has told here yet, if `auth` knows them. */
export async function meetUsers(parts: Parts, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const { isDeleted, ...account } of await parts.accounts.find(ids)) {
    if (!isDeleted) await aside(() => parts.transaction((tx) => takeAccount(parts, account, tx)));
  }
}

/** It is not what the request is about: what is remembered for its `Idempotency-Key` is something else. */
function aside<T>(work: () => Promise<T>): Promise<T> {
  const request = currentRequest();
  if (!request) return work();
  const { idempotent: _, ...rest } = request;
  return withRequest(rest, work);
}
