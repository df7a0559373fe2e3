import { z } from 'zod';
import { id } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'comment-events';

/** The exact number of comments of the post after the change, and the order of such changes. */
const thread = { comments_count: z.int(), thread_revision: z.int() };

export const commentCreated = defineEvent(topic, 'CommentCreated', {
  comment_id: id,
  post_id: id,
  post_author_id: id,
  post_title: z.string(),
  parent: id.nullable(),
  parent_author_id: id.nullable(),
  author_id: id,
  author_username: z.string(),
  ...thread,
});

export const commentUpdated = defineEvent(topic, 'CommentUpdated', {
  comment_id: id,
  post_id: id,
  author_id: id,
  revision: z.int(),
});

/** `author_id` is null where the author's account has gone. */
export const commentDeleted = defineEvent(topic, 'CommentDeleted', {
  comment_id: id,
  post_id: id,
  author_id: id.nullable(),
  ...thread,
});

const liked = {
  comment_id: id,
  comment_author_id: id,
  post_id: id,
  user_id: id,
  username: z.string(),
  likes_count: z.int(),
  revision: z.int(),
};

/** Published by `like`, the owner of likes. */
export const commentLiked = defineEvent(topic, 'CommentLiked', liked);
export const commentUnliked = defineEvent(topic, 'CommentUnliked', liked);
