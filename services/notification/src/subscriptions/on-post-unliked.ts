import { postUnliked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { takeLikeBack } from '../use-cases/take-like-back.ts';
import { likeOfPost, turnsOfLike } from '../domain/like-news.ts';

export const onPostUnliked = subscribe(postUnliked, ({ ctx, data, tx }) => takeLikeBack(ctx, likeOfPost(data), tx), {
  inTurn: turnsOfLike,
});
