import { getVisiblePost } from '@commons/contracts';
import { HttpError, type Dapr, type User } from '@commons/platform';
import type { SeenPost } from '../domain/connection.ts';

export type Posts = {
  /** @returns what says who may see a post; undefined where the viewer may not. */
  find(postId: string, viewer: User): Promise<SeenPost | undefined>;
};

/** What `post` knows of who may see what. */
export function createPosts({ dapr }: { dapr: Dapr }): Posts {
  return {
    async find(postId, { id, roles }) {
      try {
        const post = await dapr.call(getVisiblePost, { post_id: postId, viewer: { id, roles } });
        return { authorId: post.author_id, isPublic: post.visibility === 'public' };
      } catch (error) {
        if (error instanceof HttpError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}
