import { commentLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { tellOfLike } from '../use-cases/tell-of-like.ts';
import { likeOfComment, turnsOfLike } from '../domain/like-news.ts';

export const onCommentLiked = subscribe(commentLiked, ({ ctx, data, tx }) => tellOfLike(ctx, likeOfComment(data), tx), {
  inTurn: turnsOfLike,
});
