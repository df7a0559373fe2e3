import type { Visibility } from '@commons/contracts';

/** A post as this service knows it, with the counts of what was said below it. */
export type Thread = {
  postId: string;
  isGone: false;
  authorId: string;
  title: string;
  visibility: Visibility;
  /** Live comments; tombstones are not counted. */
  commentsCount: number;
  /** Live comments and tombstones: what a list shows. */
  listedCount: number;
  /** Those of them that answer the post itself. */
  topsCount: number;
  /** Grows by one with each comment that comes or goes. */
  revision: number;
};

/** A post that has gone stays known as such, so that an event of old does not bring it back. */
export type GoneThread = { postId: string; isGone: true };

/**
 * Whether a user may see the post, as far as this service can tell by itself: everybody may see what is public, and
 * authors their own. About the rest its owner `post` must be asked.
 */
export const isOpenTo = (thread: Thread, userId: string | undefined): boolean =>
  thread.visibility === 'public' || thread.authorId === userId;
