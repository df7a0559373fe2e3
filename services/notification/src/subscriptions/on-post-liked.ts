import { postLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { postTarget } from '../domain/target.ts';
import { tellOfLike } from '../use-cases/tell-of-like.ts';

export const onPostLiked = subscribe(
  postLiked,
  ({ ctx, data, tx }) =>
    tellOfLike(
      ctx,
      {
        target: postTarget(data.post_id),
        postId: data.post_id,
        recipientId: data.post_author_id,
        actor: { id: data.user_id, username: data.username },
        revision: data.revision,
      },
      tx,
    ),
  { inTurn: ({ post_id }) => post_id },
);
