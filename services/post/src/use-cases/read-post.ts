import type { Clock, KeyedQueue, Logger, RunTransaction, User } from '@commons/platform';
import type { Liker, Likes } from '../clients/likes.ts';
import type { AuthorStore } from '../data/author-store.ts';
import type { PostStore } from '../data/post-store.ts';
import type { ViewStore } from '../data/view-store.ts';
import type { Post } from '../domain/post.ts';
import { withoutHidden } from '../domain/without-hidden.ts';
import { findHidden, type Relations } from './find-relation.ts';
import { findVisiblePost } from './find-visible-post.ts';
import { recordView } from './record-view.ts';

type Parts = Relations & {
  transaction: RunTransaction;
  clock: Clock;
  log: Logger;
  posts: PostStore;
  authors: AuthorStore;
  views: ViewStore;
  likes: Likes;
  viewQueue: KeyedQueue;
};

export type PostDetail = { post: Post; username: string; likers: Liker[] };

/**
 * A post with its latest likers, for a reader whose view is counted; those who are hidden from the reader count as likers, but are not shown. Without `like` it comes with the count that is
 * known here and with no likers.
 */
export async function readPost(
  parts: Parts,
  { postId, viewer }: { postId: string; viewer: User | undefined },
): Promise<PostDetail> {
  const post = await findVisiblePost(parts, { postId, viewer });
  const hidden = await findHidden(parts, viewer);
  const [usernames, likes, newViews] = await Promise.all([
    parts.authors.usernames([post.authorId]),
    parts.likes.latest({ postId, hidden }),
    viewsBy(parts, post, viewer),
  ]);
  return {
    post: { ...post, likesCount: likes?.count ?? post.likesCount, viewsCount: post.viewsCount + newViews },
    username: usernames.get(post.authorId) ?? '',
    likers: withoutHidden(likes?.likers ?? [], hidden),
  };
}

/** A reader gets the post even where their view cannot be counted. */
async function viewsBy(parts: Parts, post: Post, viewer: User | undefined): Promise<0 | 1> {
  if (viewer === undefined || viewer.id === post.authorId) return 0;
  try {
    return await recordView(parts, { postId: post.id, viewerId: viewer.id });
  } catch (error) {
    parts.log.warn({ err: error, post_id: post.id }, 'a view was not counted');
    return 0;
  }
}
