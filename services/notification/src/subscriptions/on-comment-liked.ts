import { commentLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { commentTarget } from '../domain/target.ts';
import { tellOfLike } from '../use-cases/tell-of-like.ts';

export const onCommentLiked = subscribe(
  commentLiked,
  ({ ctx, data, tx }) =>
    tellOfLike(
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
