import { postUnliked } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** The count of likes follows its owner, `like`. */
export const onPostUnliked = subscribe(postUnliked, ({ ctx, data }) =>
  ctx.likesCounts.follow({ postId: data.post_id, count: data.likes_count, revision: data.revision }),
);
