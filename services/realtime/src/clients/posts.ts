import { getVisiblePost } from '@commons/contracts';
import { HttpError, type Dapr, type User } from '@commons/platform';

export type Posts = {
  /** @returns the id of a post's author; undefined where the viewer may not see the post. */
  authorOf(postId: string, viewer: User): Promise<string | undefined>;
};

/** What `post` knows of who may see what. */
export function createPosts({ dapr }: { dapr: Dapr }): Posts {
  return {
    async authorOf(postId, { id, roles }) {
      try {
        return (await dapr.call(getVisiblePost, { post_id: postId, viewer: { id, roles } })).author_id;
      } catch (error) {
        if (error instanceof HttpError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}
