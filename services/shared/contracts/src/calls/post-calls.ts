import { z } from 'zod';
import { id, role, visibility } from '../schemas.ts';
import { defineCall } from './define-call.ts';

/** What other services keep of a post. */
export const postReference = z.object({ post_id: id, author_id: id, title: z.string(), visibility, revision: z.int() });
export type PostReference = z.infer<typeof postReference>;

/**
 * The post, if the user on whose behalf it is asked may see it; else 404 `post_not_found`. `viewer` names the user where there
 * is no token to carry, as with a WebSocket that outlives its token; whoever may call is trusted with it.
 */
export const getVisiblePost = defineCall('post', 'GetVisiblePost', {
  callers: ['comment', 'like', 'realtime', 'notification'],
  onBehalfOfUser: 'optional',
  input: z.object({ post_id: id, viewer: z.object({ id, roles: z.array(role) }).optional() }),
  output: postReference,
});

/** Posts in the order of their ids, to rebuild copies from. */
export const listPostReferences = defineCall('post', 'ListPostReferences', {
  callers: ['comment', 'like', 'notification'],
  timeoutMs: 5_000,
  input: z.object({ after: id.optional(), limit: z.int().min(1).max(1_000).default(500) }),
  output: z.object({ posts: z.array(postReference) }),
});
