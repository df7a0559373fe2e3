import { text, visibility } from '@commons/contracts';
import { BadRequest } from '@commons/platform';
import { z } from 'zod';
import { contentTypes } from '../domain/post.ts';
import { cleanTags, MAX_TAG_LENGTH, MAX_TAGS } from '../domain/tags.ts';

const title = text({ min: 1, max: 255, trim: true });
const content = text({ min: 1, max: 5_000 }).refine((value) => value.trim() !== '', 'must not be blank');
const contentType = z.enum(contentTypes);
/** An image itself comes as a file; nothing in its place takes away the one that is there. */
const noImage = z.union([z.null(), z.literal('')]);
const tags = z
  .union([z.array(z.string()), z.string()])
  .meta({ description: 'In JSON an array; in a form a field that repeats, or holds several with commas between' });

export const newPostBody = z.object({
  title,
  content,
  content_type: contentType.default('text'),
  tags: tags.default([]),
  visibility: visibility.default('public'),
  image: noImage.optional(),
});

/** What is left out goes back to its default, but for the visibility, which would open a post by oversight. */
export const wholePostBody = newPostBody.extend({ visibility: visibility.optional() });

export const partialPostBody = z.object({
  title: title.optional(),
  content: content.optional(),
  content_type: contentType.optional(),
  tags: tags.optional(),
  visibility: visibility.optional(),
  image: noImage.optional(),
});

/**
 * The tags of a body.
 * @param contentTypeHeader tells a form, where one tag is a plain text, from JSON, where that is a wrong type.
 * @throws BadRequest where they break a rule.
 */
export function readTags(given: string | string[], contentTypeHeader: string | undefined): string[] {
  const isForm = contentTypeHeader?.toLowerCase().startsWith('multipart/form-data') ?? false;
  if (typeof given === 'string' && !isForm) throw wrongTags('must be an array');
  const cleaned = cleanTags(isForm ? [given].flat().flatMap((field) => field.split(',')) : [given].flat());
  if (cleaned.length > MAX_TAGS) throw wrongTags(`must be ${MAX_TAGS} or fewer`);
  if (cleaned.some((tag) => Array.from(tag).length > MAX_TAG_LENGTH))
    throw wrongTags(`must have ${MAX_TAG_LENGTH} characters or fewer each`);
  if (cleaned.some((tag) => /[,\p{Cc}]/u.test(tag))) throw wrongTags('must not hold commas or control characters');
  return cleaned;
}

const wrongTags = (message: string): BadRequest =>
  new BadRequest(`tags: ${message}`, 'invalid_request', [{ path: 'tags', message }]);
