import { z } from 'zod';

/**
 * A MongoDB ObjectId as 24 hexadecimal digits: the form of every id in the API and in events, in lower case once it is
 * parsed, so that ids compare as strings. What is no id is of a wrong shape rather than against a rule: `params.isShape`
 * says so to whoever turns issues into statuses.
 */
export const id = z
  .string()
  .refine((value) => /^[0-9a-f]{24}$/i.test(value), {
    error: 'must be an id of 24 hexadecimal digits',
    params: { isShape: true },
  })
  .toLowerCase()
  .meta({ pattern: '^[0-9a-fA-F]{24}$', examples: ['66f2a1b0c3d4e5f60718293a'] });

/** An instant as ISO 8601 in UTC with milliseconds, e.g. `2026-01-31T09:30:00.000Z`. */
export const timestamp = z.iso.datetime({ precision: 3 });

/**
 * Text whose length is counted in code points, as the API's limits are.
 * @param limits `min` and `max` number of code points; `trim` cuts white space at both ends first.
 */
export function text({ min = 0, max, trim = false }: { min?: number; max: number; trim?: boolean }) {
  const base = trim ? z.string().trim() : z.string();
  return base
    .refine((value) => codePoints(value) >= min, {
      error: min === 1 ? 'must not be empty' : `must have ${min} characters or more`,
    })
    .refine((value) => codePoints(value) <= max, { error: `must have ${max} characters or fewer` })
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max });
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

export const visibility = z.enum(['public', 'followers', 'private']);
export type Visibility = z.infer<typeof visibility>;

/** Whose messages a user takes. */
export const messagesFrom = z.enum(['everyone', 'followers', 'nobody']);
export type MessagesFrom = z.infer<typeof messagesFrom>;

export const role = z.enum(['user', 'admin']);
export type Role = z.infer<typeof role>;

export const userStatus = z.enum(['active', 'suspended', 'deleted']);
export type UserStatus = z.infer<typeof userStatus>;

/** What can be liked. */
export const likeTarget = z.enum(['post', 'comment']);
export type LikeTarget = z.infer<typeof likeTarget>;
