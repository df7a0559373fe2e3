import { postUnliked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { postTarget } from '../domain/target.ts';
import { takeLikeBack } from '../use-cases/take-like-back.ts';

export const onPostUnliked = subscribe(
  postUnliked,
  ({ ctx, data, tx }) =>
    takeLikeBack(
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
