import { listFollowCounts } from '@commons/contracts';
import type { Dapr } from '@commons/platform';
import type { z } from 'zod';

type Counts = z.output<(typeof listFollowCounts)['output']>['counts'];

/** Exact counts in the order of the users' ids, from the one after `after`; users without any are left out. */
export type CountsOfFollows = (options: { after?: string | undefined; limit: number }) => Promise<Counts>;

/** The counts of who follows whom, which are `subscription`'s. */
export const createCountsOfFollows =
  ({ dapr }: { dapr: Pick<Dapr, 'call'> }): CountsOfFollows =>
  async ({ after, limit }) =>
    (await dapr.call(listFollowCounts, { limit, ...(after !== undefined && { after }) })).counts;
