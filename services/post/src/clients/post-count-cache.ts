import { createCountCache, type CountCache, type Dapr, type Logger } from '@commons/platform';

/** Large counts of posts, kept for a minute by whatever was counted. */
export type PostCountCache = CountCache;

/** Counts in Dapr state, for all replicas. Where the store is away, there are none. */
export const createPostCountCache = (parts: { dapr: Pick<Dapr, 'state'>; log: Logger }): PostCountCache =>
  createCountCache({ ...parts, of: 'posts' });
