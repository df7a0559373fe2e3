import { commentTarget, postTarget, type Ledger } from '../ledger/ledger.ts';
import { likersOf } from './check-likes.ts';
import type { Finding, Observed, Problem, SeenPost, SeenUser } from './observed.ts';

/** Whether every count that the API shows is what its lists hold. */
export function checkCounts(ledger: Ledger, seen: Observed): Finding[] {
  const likers = likersOf(seen);
  const posts = [...seen.posts.values()];
  const users = [...seen.users.values()];
  const count = (name: string, problems: Problem[]): Finding => ({ name, kind: 'count', problems });
  return [
    count(
      'likes of posts are counted right',
      posts.flatMap((post) => {
        const right = likers.get(postTarget(post.id))?.length ?? 0;
        const shown = [post.likesCount, post.own.likesCount, post.likersCount, post.likers.length];
        return wrong(`likes of post ${post.id}`, shown, right);
      }),
    ),
    count(
      'likes of comments are counted right',
      posts.flatMap(({ comments }) =>
        comments
          .filter(({ deleted }) => !deleted)
          .flatMap(({ id, likesCount }) =>
            wrong(`likes of comment ${id}`, [likesCount], likers.get(commentTarget(id))?.length ?? 0),
          ),
      ),
    ),
    count('comments are counted right', posts.flatMap(countComments)),
    count('answers are counted right', posts.flatMap(countReplies)),
    count('tags are counted right', countTags(ledger, seen, posts)),
    count('own lists and unread notifications are counted right', users.flatMap(countOwn)),
  ];
}

function wrong(what: string, shown: readonly number[], right: number): Problem[] {
  if (shown.every((each) => each === right)) return [];
  return [{ what: `${what}: shown as ${[...new Set(shown)].join(', ')}, counted ${right}` }];
}

function countComments({ id, commentsCount, own, commentsTotal, comments }: SeenPost): Problem[] {
  const live = comments.filter(({ deleted }) => !deleted).length;
  return [
    ...wrong(`comments of post ${id}`, [commentsCount, own.commentsCount], live),
    ...wrong(`the list of comments of post ${id}`, [commentsTotal], comments.length),
  ];
}

function countReplies({ comments }: SeenPost): Problem[] {
  return comments.flatMap(({ id, repliesCount }) => {
    if (repliesCount === undefined) return [];
    const right = comments.filter(({ parentId }) => parentId === id).length;
    return wrong(`answers to comment ${id}`, [repliesCount], right);
  });
}

function countTags({ posts: entries }: Ledger, { tags }: Observed, posts: readonly SeenPost[]): Problem[] {
  const names = new Set([...tags.keys(), ...[...entries.values()].flatMap((entry) => entry.tags)]);
  return [...names].flatMap((tag) =>
    wrong(`posts with the tag ${tag}`, [tags.get(tag) ?? 0], posts.filter((post) => post.tags.includes(tag)).length),
  );
}

function countOwn({ id, likes, likesTotal, notifications, notificationsTotal, unread }: SeenUser): Problem[] {
  return [
    ...wrong(`likes by ${id}`, [likesTotal], likes.length),
    ...wrong(`notifications of ${id}`, [notificationsTotal], notifications.length),
    ...wrong(`unread notifications of ${id}`, [unread], notifications.filter(({ read }) => !read).length),
  ];
}
