import type { Post } from '../domain/post.ts';
import type { PostDocument } from './post-model.ts';

/** What readers of a post need of its document: all but what serves its search. */
export const WITHOUT_DERIVED = { lists: 0, words: 0, tag_keys: 0 } as const;

export type StoredPost = Omit<PostDocument, keyof typeof WITHOUT_DERIVED>;

/** A stored post as the rest of the service knows it. */
export function toPost(stored: StoredPost): Post {
  return {
    id: stored._id.toHexString(),
    title: stored.title,
    content: stored.content,
    contentType: stored.content_type,
    authorId: stored.author_id.toHexString(),
    tags: stored.tags,
    visibility: stored.visibility,
    image: stored.image && { name: stored.image.name, contentType: stored.image.content_type },
    createdAt: stored.created_at,
    updatedAt: stored.updated_at,
    revision: stored.revision,
    likesCount: stored.likes_count,
    commentsCount: stored.comments_count,
    viewsCount: stored.views_count,
  };
}
