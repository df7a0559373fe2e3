import { id, timestamp } from '@commons/contracts';
import { z } from 'zod';
import type { Branch } from '../domain/comment-tree.ts';
import type { Comment } from '../domain/comment.ts';

const shape = {
  id,
  post_id: id,
  author: z.object({ id, username: z.string() }).nullable().describe('null where the comment is deleted'),
  content: z.string().nullable().describe('null where the comment is deleted'),
  parent: id.nullable(),
  likes_count: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
  deleted: z.boolean(),
};

/** A comment as everybody sees it. */
export const commentElement = z.object(shape);

/** A comment with what answers it, where a tree was asked for; answers have answers of their own, in the same shape. */
export const commentBranch = commentElement.extend({
  replies_count: z.int().optional().describe('direct answers, also those that the tree leaves out'),
  replies: z.array(z.looseObject(shape)).optional(),
});

/** @param names of authors by id; the comments of one who has just been erased show as deleted. */
export function presentComment(comment: Comment, names: Map<string, string>): z.input<typeof commentElement> {
  const username = comment.authorId === null ? undefined : names.get(comment.authorId);
  const isShown = !comment.isDeleted && username !== undefined;
  return {
    id: comment.id,
    post_id: comment.postId,
    author: isShown ? { id: comment.authorId, username } : null,
    content: isShown ? comment.content : null,
    parent: comment.parentId,
    likes_count: isShown ? comment.likesCount : 0,
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.updatedAt.toISOString(),
    deleted: !isShown,
  };
}

/** A branch of the tree, answers and all. */
export function presentBranch({ comment, replies }: Branch, names: Map<string, string>): z.input<typeof commentBranch> {
  return {
    ...presentComment(comment, names),
    replies_count: comment.repliesCount,
    replies: replies.map((reply) => presentBranch(reply, names)),
  };
}
