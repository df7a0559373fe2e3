import { id } from '@commons/contracts';
import { z } from 'zod';

/** What the routes of a comment's likes answer. */
export const commentLike = z.object({ comment_id: id, liked: z.boolean(), likes_count: z.int(), message: z.string() });
