import { isAdmin, type User } from '@commons/platform';
import type { Post } from './post.ts';
import { tagKey } from './tags.ts';

/**
 * Every list of posts has a name, made of what the posts are about (all, an author, a tag) and for whom they are
 * (`all`: admins; `public`: everybody; an author's id: what only that author may see of their own). A post keeps the
 * names of the lists in which it stands; a reader's list is one or two of them, of which no post is in both.
 */
const nameOf = (about: string, audience: string): string => `${about}|${audience}`;

const everything = 'posts';
const byAuthor = (authorId: string): string => `author:${authorId}`;
const byTag = (key: string): string => `tag:${key}`;

/** The names of the lists in which a post stands. */
export function listsOf({ authorId, tags, visibility }: Pick<Post, 'authorId' | 'tags' | 'visibility'>): string[] {
  const audience = visibility === 'public' ? 'public' : authorId;
  const subjects = [everything, byAuthor(authorId), ...tags.map((tag) => byTag(tagKey(tag)))];
  return subjects.flatMap((about) => [nameOf(about, 'all'), nameOf(about, audience)]);
}

/**
 * The lists that together hold what somebody may see, as `canSee` says it of a single post.
 * @param authorId only posts of this author.
 * @param tag only posts with this tag; beside an author, narrow down by `tagList`.
 */
export function readableLists(
  viewer: User | undefined,
  { authorId, tag }: { authorId?: string; tag?: string },
): string[] {
  const about = authorId !== undefined ? byAuthor(authorId) : tag !== undefined ? byTag(tagKey(tag)) : everything;
  if (isAdmin(viewer) || (viewer !== undefined && viewer.id === authorId)) return [nameOf(about, 'all')];
  const open = nameOf(about, 'public');
  return viewer === undefined || authorId !== undefined ? [open] : [open, nameOf(about, viewer.id)];
}

/** All posts with a tag, whoever may see them: to narrow another list down. */
export const tagList = (tag: string): string => nameOf(byTag(tagKey(tag)), 'all');

/** The posts with a tag that everybody may see: those that count. */
export const publicTagList = (key: string): string => nameOf(byTag(key), 'public');
