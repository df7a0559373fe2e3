import { commentUnliked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { takeLikeBack } from '../use-cases/take-like-back.ts';
import { likeOfComment, turnsOfLike } from '../domain/like-news.ts';

export const onCommentUnliked = subscribe(
  commentUnliked,
  ({ ctx, data, tx }) => takeLikeBack(ctx, likeOfComment(data), tx),
  {
    inTurn: turnsOfLike,
  },
);
