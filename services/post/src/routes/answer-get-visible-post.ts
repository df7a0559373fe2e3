import { getVisiblePost } from '@commons/contracts';
import { answer } from '../context.ts';
import { findVisiblePost } from '../use-cases/find-visible-post.ts';
import { toReference } from './to-reference.ts';

/** The post for a user of another service, if that user may see it. */
export const answerGetVisiblePost = answer(getVisiblePost, async ({ ctx, input, user }) =>
  toReference(await findVisiblePost(ctx, { postId: input.post_id, viewer: input.viewer ?? user })),
);
