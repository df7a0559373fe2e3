import type { Target } from '../ledger/ledger.ts';

export type SeenPost = {
  id: string;
  title: string;
  content: string;
  tags: string[];
  authorId: string;
  likesCount: number;
  commentsCount: number;
  /** As the post shows itself, beside the list. */
  own: { content: string; likesCount: number; commentsCount: number; likers: string[] };
  /** Everybody in the list of its likers, and the count of that list. */
  likers: string[];
  likersCount: number;
  /** What the list of its comments says that it holds, and what it holds. */
  commentsTotal: number;
  comments: SeenComment[];
};

export type SeenComment = {
  id: string;
  content: string | null;
  authorId: string | null;
  parentId: string | null;
  deleted: boolean;
  likesCount: number;
  /** Direct answers, as the tree counts them; undefined where the tree does not show this comment. */
  repliesCount: number | undefined;
};

export type SeenNotification = {
  id: string;
  type: string;
  message: string;
  read: boolean;
  postId: string | undefined;
  commentId: string | undefined;
  actorId: string | null;
};

export type SeenUser = {
  id: string;
  likes: Target[];
  likesTotal: number;
  notifications: SeenNotification[];
  notificationsTotal: number;
  unread: number;
};

export type DeadLetter = { service: string; id: string; type: string };

/** All that the API shows after a run of what the run wrote. */
export type Observed = {
  posts: Map<string, SeenPost>;
  users: Map<string, SeenUser>;
  /** Uses by tag. */
  tags: Map<string, number>;
  deadLetters: DeadLetter[];
};

/** What a check found wrong; `at` is when what it is about was acknowledged, where it is about one write. */
export type Problem = { what: string; at?: number };

/** One thing that was looked at, and all that is wrong with it. */
export type Finding = { name: string; kind: 'loss' | 'double' | 'count' | 'rest'; problems: Problem[] };
