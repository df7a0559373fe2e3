import { answerListLikeCounts } from './answer-list-like-counts.ts';
import { answerListLikers } from './answer-list-likers.ts';
import { answerSetLike } from './answer-set-like.ts';
import { listOwnLikes } from './list-own-likes.ts';

/** What `like` answers: to clients, and to other services. */
export const routes = [listOwnLikes, answerSetLike, answerListLikers, answerListLikeCounts];
