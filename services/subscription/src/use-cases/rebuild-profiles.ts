import type { SubscriptionContext } from '../context.ts';

type Parts = Pick<SubscriptionContext, 'people' | 'profiles'>;

const PAGE = 500;

/** Takes over from `profile` what is shown of all users, and to whom. What comes by event meanwhile is later, and stays. */
export async function rebuildProfiles({ people, profiles }: Parts): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await profiles.list({ after, limit: PAGE });
    after = page.at(-1)?.userId;
    if (after === undefined) return result;
    for (const profile of page) if (await people.describe(profile)) result.corrected++;
    result.checked += page.length;
  }
}
