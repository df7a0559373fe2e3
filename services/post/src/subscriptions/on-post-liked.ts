import { postLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';

/** The count of likes follows its owner, `like`. */
export const onPostLiked = subscribe(postLiked, ({ ctx, data }) =>
  ctx.likesCounts.follow({ postId: data.post_id, count: data.likes_count, revision: data.revision }),
);
