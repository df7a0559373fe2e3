import { getVisiblePost } from '@commons/contracts';
import { HttpError, type Dapr, type User } from '@commons/platform';

export type Posts = { isVisible(postId: string, viewer: User): Promise<boolean> };

/** What `post` knows of who may see what. */
export function createPosts({ dapr }: { dapr: Dapr }): Posts {
  return {
    async isVisible(postId, { id, roles }) {
      try {
        await dapr.call(getVisiblePost, { post_id: postId, viewer: { id, roles } });
        return true;
      } catch (error) {
        if (error instanceof HttpError && error.status === 404) return false;
        throw error;
      }
    },
  };
}
