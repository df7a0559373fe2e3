import type { RunTransaction } from '@commons/platform';
import type { Accounts } from '../clients/accounts.ts';
import type { Account } from '../domain/account.ts';
import type { Profile } from '../domain/profile.ts';
import { takeAccount } from './take-account.ts';

type Parts = Parameters<typeof takeAccount>[0] & { accounts: Accounts; transaction: RunTransaction };

const PAGE = 500;

/** Takes the names of all users from `auth`, and makes the profiles that are missing. A name that comes meanwhile is later, and stays. */
export async function rebuildNames(parts: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await parts.accounts.list({ after, limit: PAGE });
    after = page.at(-1)?.id;
    if (after === undefined) return result;
    const known = new Map((await parts.profiles.among(page.map(({ id }) => id))).map((each) => [each.id, each]));
    for (const { isDeleted, ...account } of page) {
      if (isDeleted || isRight(known.get(account.id), account)) continue;
      if (await parts.transaction((tx) => takeAccount(parts, account, tx))) result.corrected += 1;
    }
    result.checked += page.length;
  }
}

const isRight = (profile: Profile | undefined, account: Omit<Account, 'isDeleted'>): boolean =>
  profile !== undefined &&
  profile.username === account.username &&
  profile.firstName === account.firstName &&
  profile.lastName === account.lastName &&
  profile.usernameRevision === account.usernameRevision;
