import { z } from 'zod';
import { id, likeTarget, timestamp } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** Likes, unlikes or toggles for the user on whose behalf it is asked. 404 where the target is known to be gone. */
export const setLike = defineCall('like', 'SetLike', {
  callers: ['post', 'comment'],
  onBehalfOfUser: 'required',
  timeoutMs: 5_000,
  input: z.object({
    target_type: likeTarget,
    target_id: id,
    /** The post that is liked, or to which the liked comment belongs. */
    post_id: id,
    target_author_id: id,
    /** The post's title, for the notification; empty for a comment. */
    title: z.string(),
    action: z.enum(['toggle', 'like', 'unlike']),
  }),
  /** `revision` orders the changes of the target's likes, as in its events: a copy of the count may follow at once. */
  output: z.object({ liked: z.boolean(), likes_count: z.int(), revision: z.int().optional() }),
});

const liker = z.object({ user_id: id, username: z.string(), created_at: timestamp });

/**
 * Who likes a target, latest first, and how many there are; by page (`skip`), or `before` a liker's `position`. Those who are hidden
 * from the reader (`without`) are not listed; `count` counts them still, and `left_out` says how many they are.
 */
export const listLikers = defineCall('like', 'ListLikers', {
  callers: ['post', 'comment'],
  input: z.object({
    target_type: likeTarget,
    target_id: id,
    skip: z.int().min(0).default(0),
    limit: z.int().min(1).max(101).default(100),
    before: z.string().optional(),
    without: z.array(id).max(1_000).optional(),
  }),
  output: z.object({
    count: z.int(),
    left_out: z.int().optional(),
    likers: z.array(liker.extend({ position: z.string() })),
  }),
});

/** Exact like counts by target, in the order of the targets' ids, to rebuild copies from. */
export const listLikeCounts = defineCall('like', 'ListLikeCounts', {
  callers: ['post', 'comment'],
  timeoutMs: 5_000,
  input: z.object({ target_type: likeTarget, after: id.optional(), limit: z.int().min(1).max(1_000).default(500) }),
  output: z.object({ counts: z.array(z.object({ target_id: id, likes_count: z.int(), revision: z.int() })) }),
});
