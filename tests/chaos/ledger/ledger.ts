/** What is known of a change: done, not done, or done perhaps, since no answer told. */
export type Sure = 'yes' | 'no' | 'maybe';

export type Target = `post:${string}` | `comment:${string}`;

export const postTarget = (id: string): Target => `post:${id}`;
export const commentTarget = (id: string): Target => `comment:${id}`;

export type Entry = {
  id: string;
  authorId: string;
  /** What it may say now: one text, unless an edit was never answered. */
  contents: string[];
  gone: Sure;
  /** When its creation was acknowledged, in milliseconds. */
  at: number;
};
export type PostEntry = Entry & { title: string; tags: string[] };
export type CommentEntry = Entry & { postId: string; parentId: string | null };

/** A creation without an acknowledgement, known by the words that it alone has. */
export type Loose = { kind: 'post' | 'comment'; words: string; place: string; mayExist: boolean };

export type Announcement = { words: string; userIds: string[]; sent: Sure };

/** Everything that one run was told about what it wrote. */
export type Ledger = {
  users: Map<string, { id: string; username: string }>;
  posts: Map<string, PostEntry>;
  comments: Map<string, CommentEntry>;
  /** By the words; `place` is the author of a post, the post of a comment. */
  loose: Map<string, Loose>;
  likes: Map<Target, Map<string, Sure>>;
  /** Notifications that were marked as read; those of likes become unread again, and are not kept here. */
  read: Set<string>;
  announcements: Announcement[];
};

/** An empty ledger. */
export const createLedger = (): Ledger => ({
  users: new Map(),
  posts: new Map(),
  comments: new Map(),
  loose: new Map(),
  likes: new Map(),
  read: new Set(),
  announcements: [],
});

/** What became of a write: `lost` is one that was never answered, however often it was asked again. */
export type Outcome = 'done' | 'refused' | 'lost';

/** Notes a creation that got no 2xx. */
export function noteLoose(ledger: Ledger, loose: Omit<Loose, 'mayExist'>, outcome: Exclude<Outcome, 'done'>): void {
  ledger.loose.set(loose.words, { ...loose, mayExist: outcome === 'lost' });
}

/** Notes an edit: afterwards the entry says the new words, the old ones, or either. */
export function noteEdit(entry: Entry, content: string, outcome: Outcome): void {
  if (outcome === 'done') entry.contents = [content];
  if (outcome === 'lost') entry.contents = [...entry.contents, content];
}

/** Notes a deletion. */
export function noteDeletion(entry: Entry, outcome: Outcome): void {
  if (outcome === 'done') entry.gone = 'yes';
  if (outcome === 'lost') entry.gone = 'maybe';
}

/** Notes whether somebody likes a target. */
export function noteLike(ledger: Ledger, target: Target, userId: string, liked: Sure): void {
  const likers = ledger.likes.get(target) ?? new Map<string, Sure>();
  likers.set(userId, liked);
  ledger.likes.set(target, likers);
}

/** Whether somebody likes a target, as far as is known. */
export const isLikedBy = (ledger: Ledger, target: Target, userId: string): Sure =>
  ledger.likes.get(target)?.get(userId) ?? 'no';

/** Whether a comment can still be seen: it goes with its post, whatever became of itself. */
export function goneWithPost({ posts }: Ledger, { postId, gone }: CommentEntry): Sure {
  const post = posts.get(postId)?.gone ?? 'yes';
  if (post === 'yes' || gone === 'yes') return 'yes';
  return post === 'maybe' || gone === 'maybe' ? 'maybe' : 'no';
}
