import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** Exact comment counts by post, in the order of the posts' ids, to rebuild copies from. */
export const listCommentCounts = defineCall('comment', 'ListCommentCounts', {
  callers: ['post'],
  timeoutMs: 5_000,
  input: z.object({ after: id.optional(), limit: z.int().min(1).max(1_000).default(500) }),
  output: z.object({ counts: z.array(z.object({ post_id: id, comments_count: z.int(), thread_revision: z.int() })) }),
});
