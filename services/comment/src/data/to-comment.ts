import type { Comment } from '../domain/comment.ts';
import type { CommentDocument } from './comment-model.ts';

/** A stored comment as the rest of the service knows it. */
export function toComment(stored: CommentDocument): Comment {
  const common = {
    id: stored._id.toHexString(),
    postId: stored.post_id.toHexString(),
    parentId: stored.parent?.toHexString() ?? null,
    topId: stored.top?.toHexString() ?? null,
    repliesCount: stored.replies_count,
    likesCount: stored.likes_count,
    revision: stored.revision,
    createdAt: stored.created_at,
    updatedAt: stored.updated_at,
  };
  const { author_id, content } = stored;
  if (stored.deleted || author_id === null || content === null)
    return { ...common, isDeleted: true, authorId: null, content: null };
  return { ...common, isDeleted: false, authorId: author_id.toHexString(), content };
}
