import type { PostStore } from '../data/post-store.ts';
import { canSee, type Viewer } from '../domain/can-see.ts';
import { PostNotFound } from '../domain/post-errors.ts';
import type { Post } from '../domain/post.ts';

/** The post, if the viewer may see it. @throws PostNotFound */
export async function findVisiblePost(
  { posts }: { posts: PostStore },
  { postId, viewer }: { postId: string; viewer: Viewer | undefined },
): Promise<Post> {
  const post = await posts.find(postId);
  if (!post || !canSee(post, viewer)) throw new PostNotFound();
  return post;
}
