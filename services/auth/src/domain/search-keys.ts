import { fold } from './names.ts';

const MAX_KEY_LENGTH = 64;

type Named = { username: string; email: string; firstName: string; lastName: string };

/**
 * What a user is found by: each word of their names with all that follows it, their e-mail and its domain, so that one
 * index answers a search for the beginning of any of these.
 * @example searchKeys({ username: 'ann_lee', … }) // ['ann_lee', 'lee', …]
 */
export function searchKeys({ username, email, firstName, lastName }: Named): string[] {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const names = [username, `${firstName} ${lastName}`].flatMap(wordEndings);
  const keys = [...names, fold(email), fold(domain)].map((key) => key.slice(0, MAX_KEY_LENGTH));
  return [...new Set(keys)].filter((key) => key !== '');
}

/** The form in which a search is compared with the keys. */
export const searchTerm = (query: string): string => fold(query.trim()).slice(0, MAX_KEY_LENGTH);

function wordEndings(whole: string): string[] {
  const folded = fold(whole.trim());
  return [...folded.matchAll(/(?<=^|[\s_.-])[^\s_.-]/gu)].map(({ index }) => folded.slice(index));
}
