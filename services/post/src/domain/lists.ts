import { isAdmin, type User } from '@commons/platform';
import type { Post } from './post.ts';
import { tagKey } from './tags.ts';

/** So many lists the database merges along an index; of more it would sort all posts that are in them. */
export const MERGED_LISTS = 200;

/**
 * Every list of posts has a name, made of what the posts are about (all, an author, a tag) and for whom they are
 * (`all`: admins; `public`: everybody; an author's id: what only that author may see of their own among all posts or those with
 * a tag; `followers`: what an author's followers may see of them). A post keeps the names of the lists in which it
 * stands; a reader's list is one or two of them, of which no post is in both.
 */
const nameOf = (about: string, audience: string): string => `${about}|${audience}`;

const everything = 'posts';
const byAuthor = (authorId: string): string => `author:${authorId}`;
const byTag = (key: string): string => `tag:${key}`;

/** The names of the lists in which a post stands. */
export function listsOf({ authorId, tags, visibility }: Pick<Post, 'authorId' | 'tags' | 'visibility'>): string[] {
  const audience = visibility === 'public' ? 'public' : authorId;
  const subjects = [everything, byAuthor(authorId), ...tags.map((tag) => byTag(tagKey(tag)))];
  const lists = subjects.flatMap((about) => [nameOf(about, 'all'), nameOf(about, audience)]);
  return visibility === 'private' ? lists : [...lists, followersList(authorId)];
}

/**
 * The lists that together hold what somebody may see, as `canSee` says it of a single post; but what is for followers is in
 * its author's list alone, for a list of everybody's would have to be gathered from all whom the reader follows.
 * @param about.authorId only posts of this author.
 * @param about.tag only posts with this tag; beside an author, narrow down by `tagList`.
 * @param isFollower whether the viewer follows that author.
 */
export function readableLists(
  viewer: User | undefined,
  { authorId, tag }: { authorId?: string; tag?: string },
  isFollower = false,
): string[] {
  const about = authorId !== undefined ? byAuthor(authorId) : tag !== undefined ? byTag(tagKey(tag)) : everything;
  if (isAdmin(viewer) || (viewer !== undefined && viewer.id === authorId)) return [nameOf(about, 'all')];
  if (authorId !== undefined && isFollower) return [followersList(authorId)];
  const open = nameOf(about, 'public');
  return viewer === undefined || authorId !== undefined ? [open] : [open, nameOf(about, viewer.id)];
}

/** An author's posts that everybody may see. */
export const publicListOf = (authorId: string): string => nameOf(byAuthor(authorId), 'public');

/** An author's posts that their followers may see. */
export const followersList = (authorId: string): string => nameOf(byAuthor(authorId), 'followers');

/** All posts with a tag, whoever may see them: to narrow another list down. */
export const tagList = (tag: string): string => nameOf(byTag(tagKey(tag)), 'all');

/** The posts with a tag that everybody may see: those that count. */
export const publicTagList = (key: string): string => nameOf(byTag(key), 'public');
