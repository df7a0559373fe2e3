import type { Post } from './post.ts';

export const MAX_TAGS = 10;
export const MAX_TAG_LENGTH = 50;

/** What makes two writings of a tag the same: case, compatibility forms, a leading `#` and white space around do not count. */
export const tagKey = (tag: string): string => bare(tag).normalize('NFKC').toLowerCase();

/** Tags as they are kept: in the writing given, each once, without empty ones. */
export function cleanTags(given: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of given) {
    const key = tagKey(tag);
    if (key !== '' && !byKey.has(key)) byKey.set(key, bare(tag));
  }
  return [...byKey.values()];
}

/** What a change means for how often each tag is used: public posts count, others do not. */
export function tagChange(
  before: Pick<Post, 'tags' | 'visibility'> | undefined,
  after: Pick<Post, 'tags' | 'visibility'> | undefined,
): { added: string[]; removed: string[] } {
  const [was, is] = [countedTags(before), countedTags(after)];
  return { added: is.filter((key) => !was.includes(key)), removed: was.filter((key) => !is.includes(key)) };
}

const countedTags = (post: Pick<Post, 'tags' | 'visibility'> | undefined): string[] =>
  post?.visibility === 'public' ? post.tags.map(tagKey) : [];

const bare = (tag: string): string => tag.trim().replace(/^#+/, '').trim();
