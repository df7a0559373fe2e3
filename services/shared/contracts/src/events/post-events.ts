import { z } from 'zod';
import { id, timestamp, visibility } from '../schemas.ts';
import { defineEvent } from './define-event.ts';

const topic = 'post-events';

const post = {
  post_id: id,
  author_id: id,
  author_username: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  visibility,
  created_at: timestamp,
  /** Grows by one with each change of the post: a consumer never steps back to a smaller one. */
  revision: z.int(),
};

export const postCreated = defineEvent(topic, 'PostCreated', post);
export const postUpdated = defineEvent(topic, 'PostUpdated', post);
export const postDeleted = defineEvent(topic, 'PostDeleted', { post_id: id, author_id: id });
export const postViewed = defineEvent(topic, 'PostViewed', { post_id: id, viewer_id: id });

const liked = {
  post_id: id,
  post_author_id: id,
  post_title: z.string(),
  user_id: id,
  username: z.string(),
  /** The exact number of likes after this one. */
  likes_count: z.int(),
  /** Order of the changes to this post's likes. */
  revision: z.int(),
};

/** Published by `like`, the owner of likes. */
export const postLiked = defineEvent(topic, 'PostLiked', liked);
export const postUnliked = defineEvent(topic, 'PostUnliked', liked);
