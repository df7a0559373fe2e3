import { commentCreated } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { tellOfComment } from '../use-cases/tell-of-comment.ts';

export const onCommentCreated = subscribe(
  commentCreated,
  ({ ctx, data, tx }) =>
    tellOfComment(
      ctx,
      {
        commentId: data.comment_id,
        postId: data.post_id,
        postAuthorId: data.post_author_id,
        parentId: data.parent,
        parentAuthorId: data.parent_author_id,
        author: { id: data.author_id, username: data.author_username },
      },
      tx,
    ),
  { inTurn: ({ post_id, author_id }) => [post_id, `actor:${author_id}`] },
);
