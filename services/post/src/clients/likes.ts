import { listLikeCounts, listLikers, setLike } from '@commons/contracts';
import { HttpError, type Dapr, type Logger } from '@commons/platform';
import type { Post } from '../domain/post.ts';

export type Liker = { userId: string; username: string };
/** `count` is that of all, also of the `leftOut` ones who are hidden from the reader. */
export type Likers = { count: number; leftOut: number; likers: (Liker & { position: string })[] };
export type LikeAction = 'toggle' | 'like' | 'unlike';

export type Likes = {
  /** Likes for the user of the request in hand. */
  set(post: Post, action: LikeAction): Promise<{ liked: boolean; count: number; revision: number | undefined }>;
  /** Who likes a post, latest first, from `skip` or `before` a liker's position, without those who are hidden. */
  list(query: {
    postId: string;
    hidden: readonly string[];
    limit: number;
    skip?: number;
    before?: string;
  }): Promise<Likers>;
  /** The latest 100; undefined where `like` is away, which a reader of the post can do without. */
  latest(query: { postId: string; hidden: readonly string[] }): Promise<Likers | undefined>;
  /** Exact counts in the order of the posts' ids, from the one after `after`. */
  counts(options: { after?: string; limit: number }): Promise<{ postId: string; count: number; revision: number }[]>;
};

const LATEST = 100;
/** So many are named to `like`. Whoever has more hidden from them gets shorter pages. */
const MAX_NAMED = 1_000;

/** The likes of posts, which are `like`'s. */
export function createLikes({ dapr, log }: { dapr: Dapr; log: Logger }): Likes {
  async function list({ postId, hidden, limit, skip = 0, before }: Parameters<Likes['list']>[0]): Promise<Likers> {
    const { count, left_out, likers } = await dapr.call(listLikers, {
      target_type: 'post',
      target_id: postId,
      limit,
      skip,
      ...(before !== undefined && { before }),
      ...(hidden.length > 0 && { without: hidden.slice(0, MAX_NAMED) }),
    });
    return {
      count,
      leftOut: left_out ?? 0,
      likers: likers.map(({ user_id, username, position }) => ({ userId: user_id, username, position })),
    };
  }

  return {
    list,
    async set(post, action) {
      const answer = await dapr.call(setLike, {
        target_type: 'post',
        target_id: post.id,
        post_id: post.id,
        target_author_id: post.authorId,
        title: post.title,
        action,
      });
      return { liked: answer.liked, count: answer.likes_count, revision: answer.revision };
    },
    async latest(query) {
      try {
        return await list({ ...query, limit: LATEST });
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        log.info({ post_id: query.postId, err: error }, 'a post is shown without its likers');
        return undefined;
      }
    },
    async counts({ after, limit }) {
      const { counts } = await dapr.call(listLikeCounts, { target_type: 'post', limit, ...(after && { after }) });
      return counts.map(({ target_id, likes_count, revision }) => ({
        postId: target_id,
        count: likes_count,
        revision,
      }));
    },
  };
}
