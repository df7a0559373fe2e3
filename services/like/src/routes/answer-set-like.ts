import { setLike as setLikeCall } from '@commons/contracts';
import { answer } from '../context.ts';
import { setLike } from '../use-cases/set-like.ts';

/** Likes, unlikes or toggles for a user who may see the target: the caller has made sure of that. */
export const answerSetLike = answer(setLikeCall, async ({ ctx, input, user }) => {
  const { liked, count, revision } = await setLike(ctx, {
    target: { type: input.target_type, id: input.target_id },
    details: { postId: input.post_id, authorId: input.target_author_id, title: input.title },
    user,
    action: input.action,
  });
  return { liked, likes_count: count, revision };
});
