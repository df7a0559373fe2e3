import { postLiked } from '@commons/contracts';
import { subscribe } from '../context.ts';
import { tellOfLike } from '../use-cases/tell-of-like.ts';
import { likeOfPost, turnsOfLike } from '../domain/like-news.ts';

export const onPostLiked = subscribe(postLiked, ({ ctx, data, tx }) => tellOfLike(ctx, likeOfPost(data), tx), {
  inTurn: turnsOfLike,
});
