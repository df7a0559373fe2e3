import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** Services that keep copies of who follows or blocks whom. */
const keepers = ['post', 'comment', 'profile', 'project', 'notification', 'chat'];

/** `after` is the pair with which the page before ended. */
const input = z.object({
  after: z.object({ from_id: id, to_id: id }).optional(),
  limit: z.int().min(1).max(1_000).default(500),
});

/** Two users, what one did to the other, whether it still holds, and the order of such changes between these two. */
const pair = z.object({ from_id: id, to_id: id, is_on: z.boolean(), revision: z.int() });
export type RelationPair = z.infer<typeof pair>;

/** Who follows whom (`from_id` is the follower; accepted ones hold), in the order of the pairs, to rebuild copies from. */
export const listFollows = defineCall('subscription', 'ListFollows', {
  callers: keepers,
  timeoutMs: 5_000,
  input,
  output: z.object({ pairs: z.array(pair) }),
});

/** Who blocks whom (`from_id` is the blocker), in the order of the pairs, to rebuild copies from. */
export const listBlocks = defineCall('subscription', 'ListBlocks', {
  callers: keepers,
  timeoutMs: 5_000,
  input,
  output: z.object({ pairs: z.array(pair) }),
});

/** Exact counts by user, in the order of the users' ids, to rebuild copies from. */
export const listFollowCounts = defineCall('subscription', 'ListFollowCounts', {
  callers: ['profile'],
  timeoutMs: 5_000,
  input: z.object({ after: id.optional(), limit: z.int().min(1).max(1_000).default(500) }),
  output: z.object({
    counts: z.array(
      z.object({
        user_id: id,
        followers_count: z.int(),
        followers_revision: z.int(),
        following_count: z.int(),
        following_revision: z.int(),
      }),
    ),
  }),
});
