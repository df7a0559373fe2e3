import { answerListCommentCounts } from './answer-list-comment-counts.ts';
import { createComment } from './create-comment.ts';
import { deleteComment } from './delete-comment.ts';
import { editComment } from './edit-comment.ts';
import { likeComment } from './like-comment.ts';
import { listComments } from './list-comments.ts';
import { toggleCommentLike } from './toggle-comment-like.ts';
import { unlikeComment } from './unlike-comment.ts';

export const routes = [
  listComments,
  createComment,
  editComment,
  deleteComment,
  toggleCommentLike,
  likeComment,
  unlikeComment,
  answerListCommentCounts,
];
