import type { Profile } from './profile.ts';

/** What a search compares: `nickname` takes nickname and username, `any` the first and last name as well. */
export type NameScope = 'nickname' | 'any';

/**
 * A name by which a profile is found, and the one before it among the names of the same profile and scope. Of several names
 * that begin alike only the first counts, so that nobody is found twice: it is the one whose `previous` does not begin so.
 */
export type NameKey = { scope: NameScope; key: string; previous: string | null };

type Named = Pick<Profile, 'username' | 'nickname' | 'firstName' | 'lastName'>;

const MAX_KEY_LENGTH = 64;

/** A name as search compares it: case and accents folded. */
export const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_KEY_LENGTH)
    .toWellFormed();

/** All names by which a profile is found. */
export function nameKeysOf({ username, nickname, firstName, lastName }: Named): NameKey[] {
  const shown = [username, nickname ?? ''];
  return [...chain('nickname', shown), ...chain('any', [...shown, `${firstName} ${lastName}`, lastName])];
}

function chain(scope: NameScope, names: readonly string[]): NameKey[] {
  const keys = [...new Set(names.map(fold))].filter((key) => key !== '').sort(byBytes);
  return keys.map((key, index) => ({ scope, key, previous: keys[index - 1] ?? null }));
}

/** The order in which the database compares. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
