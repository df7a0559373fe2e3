import {
  commentTarget,
  createLedger,
  noteLike,
  postTarget,
  type CommentEntry,
  type Ledger,
  type PostEntry,
} from '../ledger/ledger.ts';
import type { Observed, SeenComment, SeenNotification, SeenPost } from '../recount/observed.ts';

/** A post as the run was told of it. */
export const aPost = (fields: Partial<PostEntry> = {}): PostEntry => ({
  id: 'p1',
  authorId: 'ann',
  title: 'Title',
  tags: ['walks'],
  contents: ['Words'],
  gone: 'no',
  at: 1,
  ...fields,
});

/** A comment as the run was told of it. */
export const aComment = (fields: Partial<CommentEntry> = {}): CommentEntry => ({
  id: 'c1',
  postId: 'p1',
  authorId: 'ben',
  parentId: null,
  contents: ['Remark'],
  gone: 'no',
  at: 2,
  ...fields,
});

const seenComment = ({ id, contents, authorId, parentId }: CommentEntry, likesCount: number): SeenComment => ({
  id,
  content: contents[0] ?? null,
  authorId,
  parentId,
  deleted: false,
  likesCount,
  repliesCount: 0,
});

const seenPost = ({ id, title, contents, tags, authorId }: PostEntry, comments: SeenComment[]): SeenPost => ({
  id,
  title,
  content: contents[0] ?? '',
  tags,
  authorId,
  likesCount: 1,
  commentsCount: comments.length,
  own: { content: contents[0] ?? '', likesCount: 1, commentsCount: comments.length, likers: ['ben'] },
  likers: ['ben'],
  likersCount: 1,
  commentsTotal: comments.length,
  comments,
});

/** A notification as its owner sees it. */
export const aNotification = (fields: Partial<SeenNotification>): SeenNotification => ({
  id: `n ${fields.type ?? ''} ${fields.commentId ?? fields.postId ?? ''}`,
  type: 'LIKE',
  message: 'Ben liked your post',
  read: false,
  postId: 'p1',
  commentId: undefined,
  actorId: 'ben',
  ...fields,
});

/** Ann wrote a post, which Ben likes and commented on; Ann likes the comment. And all of it is there. */
export function aRun(): { ledger: Ledger; seen: Observed } {
  const ledger = createLedger();
  const [post, comment] = [aPost(), aComment()];
  ledger.posts.set('p1', post);
  ledger.comments.set('c1', comment);
  noteLike(ledger, postTarget('p1'), 'ben', 'yes');
  noteLike(ledger, commentTarget('c1'), 'ann', 'yes');
  const told = {
    ann: [
      aNotification({}),
      aNotification({ type: 'COMMENT', commentId: 'c1', message: 'Ben commented on your post' }),
    ],
    ben: [aNotification({ commentId: 'c1', actorId: 'ann', message: 'Ann liked your comment' })],
  };
  const user = (id: 'ann' | 'ben', likes: ('post:p1' | 'comment:c1')[]) => ({
    id,
    likes,
    likesTotal: likes.length,
    notifications: told[id],
    notificationsTotal: told[id].length,
    unread: told[id].length,
  });
  return {
    ledger,
    seen: {
      posts: new Map([['p1', seenPost(post, [seenComment(comment, 1)])]]),
      users: new Map([
        ['ann', user('ann', ['comment:c1'])],
        ['ben', user('ben', ['post:p1'])],
      ]),
      tags: new Map([['walks', 1]]),
      deadLetters: [],
    },
  };
}
