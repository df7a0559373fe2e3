import { goneWithPost, type CommentEntry, type Ledger, type PostEntry } from '../ledger/ledger.ts';
import type { Finding, Observed, Problem, SeenComment, SeenPost } from './observed.ts';

/** Whether every acknowledged post, comment and deletion is as it was acknowledged. */
export function checkWrites(ledger: Ledger, seen: Observed): Finding[] {
  const comments = new Map([...seen.posts.values()].flatMap((post) => post.comments.map((each) => [each.id, each])));
  return [
    {
      name: 'every acknowledged post is there, as it was last acknowledged',
      kind: 'loss',
      problems: [...ledger.posts.values()].flatMap((entry) => checkPost(entry, seen.posts.get(entry.id))),
    },
    {
      name: 'every acknowledged comment is there, as it was last acknowledged',
      kind: 'loss',
      problems: [...ledger.comments.values()].flatMap((entry) => checkComment(ledger, entry, comments.get(entry.id))),
    },
    {
      name: 'nothing is there that nobody acknowledged, and nothing twice',
      kind: 'double',
      problems: [...checkStrangePosts(ledger, seen), ...checkStrangeComments(ledger, comments)],
    },
    {
      name: 'a place is kept for a deleted comment exactly while it has answers',
      kind: 'loss',
      problems: [...seen.posts.values()].flatMap(checkTombstones),
    },
  ];
}

function checkPost({ id, title, contents, tags, gone, at }: PostEntry, post: SeenPost | undefined): Problem[] {
  const problem = (what: string): Problem[] => [{ what: `post ${id} ${what}`, at }];
  if (gone === 'maybe') return [];
  if (gone === 'yes') return post ? problem('is there after its deletion') : [];
  if (!post) return problem('is missing');
  if (post.title !== title) return problem(`has the title ${post.title} instead of ${title}`);
  if (!contents.includes(post.content)) return problem(`says ${post.content} instead of ${contents.join(' or ')}`);
  if (post.own.content !== post.content) return problem('says another thing in the list than by itself');
  const tagsOf = (list: readonly string[]): string => list.toSorted().join();
  return tagsOf(post.tags) === tagsOf(tags)
    ? []
    : problem(`has the tags ${post.tags.join()} instead of ${tags.join()}`);
}

function checkComment(ledger: Ledger, entry: CommentEntry, comment: SeenComment | undefined): Problem[] {
  const problem = (what: string): Problem[] => [{ what: `comment ${entry.id} ${what}`, at: entry.at }];
  const gone = goneWithPost(ledger, entry);
  if (gone === 'maybe') return [];
  if (gone === 'yes') return comment && !comment.deleted ? problem('is there after its deletion') : [];
  if (!comment || comment.deleted) return problem('is missing');
  if (comment.authorId !== entry.authorId) return problem('has another author');
  if (comment.parentId !== entry.parentId) return problem('answers another comment');
  const { content } = comment;
  const isRight = content !== null && entry.contents.includes(content);
  return isRight ? [] : problem(`says ${content ?? 'nothing'} instead of ${entry.contents.join(' or ')}`);
}

/** A creation that was asked for again and again with one `Idempotency-Key` is there once; a refused one is not. */
function checkStrangePosts({ posts, loose }: Ledger, seen: Observed): Problem[] {
  const strange = [...seen.posts.values()].filter(({ id }) => !posts.has(id));
  return strangers(
    loose,
    strange.map(({ id, title }) => ({ name: `post ${id}`, words: title })),
  );
}

function checkStrangeComments({ comments, loose }: Ledger, seen: Map<string, SeenComment>): Problem[] {
  const strange = [...seen.values()].filter(({ id, deleted }) => !comments.has(id) && !deleted);
  return strangers(
    loose,
    strange.map(({ id, content }) => ({ name: `comment ${id}`, words: content ?? '' })),
  );
}

function strangers(loose: Ledger['loose'], found: readonly { name: string; words: string }[]): Problem[] {
  const met = new Set<string>();
  return found.flatMap(({ name, words }) => {
    const known = loose.get(words);
    const isAllowed = known?.mayExist === true && !met.has(words);
    met.add(words);
    return isAllowed ? [] : [{ what: `${name} (${words}) was never acknowledged, or is there twice` }];
  });
}

function checkTombstones({ comments }: SeenPost): Problem[] {
  const parents = new Set(comments.map(({ parentId }) => parentId));
  const there = new Set(comments.map(({ id }) => id));
  return comments.flatMap(({ id, parentId, deleted }) => {
    if (deleted && !parents.has(id)) return [{ what: `the place of comment ${id} is kept without an answer to it` }];
    if (parentId !== null && !there.has(parentId)) return [{ what: `comment ${id} answers one that is not listed` }];
    return [];
  });
}
