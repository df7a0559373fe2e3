import type { EventData, postCreated } from '@commons/contracts';
import type { Post } from './post.ts';

/** What others are told of a post that is new or changed. */
export function postEventOf(post: Post, authorUsername: string): EventData<typeof postCreated> {
  return {
    post_id: post.id,
    author_id: post.authorId,
    author_username: authorUsername,
    title: post.title,
    tags: post.tags,
    visibility: post.visibility,
    created_at: post.createdAt.toISOString(),
    revision: post.revision,
  };
}
