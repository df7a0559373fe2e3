import type { Profile } from './profile.ts';

/** What a search compares: `nickname` takes nickname and username, `any` the first and last name as well. */
export type NameScope = 'nickname' | 'any';

/**
 * A name by which a profile is found. Of several names of a profile and scope that begin alike only the first counts, so that
 * nobody is found twice: any other counts only where more of it is given than it has in common with the one before it, which
 * is `from` so many characters on.
 */
export type NameKey = { scope: NameScope; key: string; from: number };

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
  return keys.map((key, index) => ({ scope, key, from: firstDifference(keys[index - 1], key) }));
}

function firstDifference(before: string | undefined, key: string): number {
  if (before === undefined) return 0;
  let length = 0;
  while (length < before.length && before[length] === key[length]) length += 1;
  return length + 1;
}

/** The order in which the database compares. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
