import { id, timestamp, visibility } from '@commons/contracts';
import { publicUrl } from '@commons/platform';
import { z } from 'zod';
import { contentTypes, type Post } from '../domain/post.ts';

export const liker = z.object({ user_id: id, username: z.string() });

/** A post as lists show it. */
export const postView = z.object({
  id,
  title: z.string(),
  content: z.string(),
  content_type: z.enum(contentTypes),
  image_url: z.url().nullable(),
  author: z.object({ id, username: z.string() }),
  tags: z.array(z.string()),
  visibility,
  created_at: timestamp,
  updated_at: timestamp,
  likes_count: z.int(),
  comments_count: z.int(),
  views_count: z.int(),
});

/** A post as its author gets it when it is new: clients know `author` as an id there. */
export const newPostView = postView.extend({ author: id });

/** A post by itself, with its latest likers. */
export const postDetailView = postView.extend({ likes: z.array(liker) });

/** Shows a post with its author's name. */
export function toPostView({ post, username }: { post: Post; username: string }): z.infer<typeof postView> {
  return {
    id: post.id,
    title: post.title,
    content: post.content,
    content_type: post.contentType,
    image_url: post.image && publicUrl(`/api/posts/${post.id}/image`),
    author: { id: post.authorId, username },
    tags: post.tags,
    visibility: post.visibility,
    created_at: post.createdAt.toISOString(),
    updated_at: post.updatedAt.toISOString(),
    likes_count: post.likesCount,
    comments_count: post.commentsCount,
    views_count: post.viewsCount,
  };
}
