import type { PostReference } from '@commons/contracts';
import type { Post } from '../domain/post.ts';

/** A post as other services keep it. */
export const toReference = ({ id, authorId, title, visibility, revision }: Post): PostReference => ({
  post_id: id,
  author_id: authorId,
  title,
  visibility,
  revision,
});
