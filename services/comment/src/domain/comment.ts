type Common = {
  id: string;
  postId: string;
  /** The comment that this one answers; null for one at the top. */
  parentId: string | null;
  /** The comment at the top of the branch in which this one stands; null for one at the top. */
  topId: string | null;
  /** How many comments, tombstones among them, answer this one directly. */
  repliesCount: number;
  likesCount: number;
  /** Grows by one with each change of what the comment says. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
};

/** A comment that somebody wrote and that is still there. */
export type LiveComment = Common & { isDeleted: false; authorId: string; content: string };

/** What is left of a deleted comment that others have answered: its place. */
export type Tombstone = Common & { isDeleted: true; authorId: null; content: null };

export type Comment = LiveComment | Tombstone;

/** A comment as somebody gets it from whom its author is hidden: only its place. */
export const withoutHidden = (comment: Comment, hidden: ReadonlySet<string>): Comment =>
  comment.isDeleted || !hidden.has(comment.authorId)
    ? comment
    : { ...comment, isDeleted: true, authorId: null, content: null };

/** Longest comment, in code points. */
export const MAX_CONTENT = 1_000;
