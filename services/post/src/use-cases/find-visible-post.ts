import type { PostStore } from '../data/post-store.ts';
import { canSee, type Viewer } from '../domain/can-see.ts';
import { PostNotFound } from '../domain/post-errors.ts';
import type { Post } from '../domain/post.ts';
import { findRelation, type Relations } from './find-relation.ts';

/** The post, if the viewer may see it. @throws PostNotFound */
export async function findVisiblePost(
  parts: Relations & { posts: PostStore },
  { postId, viewer }: { postId: string; viewer: Viewer | undefined },
): Promise<Post> {
  const post = await parts.posts.find(postId);
  if (!post || !canSee(post, viewer, await findRelation(parts, viewer, post.authorId))) throw new PostNotFound();
  return post;
}
