import { commentUnliked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { commentTarget } from '../domain/target.ts';
import { takeLikeBack } from '../use-cases/take-like-back.ts';

export const onCommentUnliked = subscribe(
  commentUnliked,
  ({ ctx, data, tx }) =>
    takeLikeBack(
      ctx,
      {
        target: commentTarget(data.comment_id),
        postId: data.post_id,
        commentId: data.comment_id,
        recipientId: data.comment_author_id,
        actor: { id: data.user_id, username: data.username },
        revision: data.revision,
      },
      tx,
    ),
  { inTurn: ({ post_id }) => post_id },
);
