import { listPostReferences } from '@commons/contracts';
import type { Dapr } from '@commons/platform';

export type PostSummary = { postId: string; authorId: string; title: string };

export type Posts = {
  /** All posts in the order of their ids, from the one after `after`. */
  list(options: { after?: string; limit: number }): Promise<PostSummary[]>;
};

/** The posts, which are `post`'s. */
export function createPosts({ dapr }: { dapr: Pick<Dapr, 'call'> }): Posts {
  return {
    async list({ after, limit }) {
      const { posts } = await dapr.call(listPostReferences, { limit, ...(after !== undefined && { after }) });
      return posts.map(({ post_id, author_id, title }) => ({ postId: post_id, authorId: author_id, title }));
    },
  };
}
