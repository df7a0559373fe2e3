import { fold } from './names.ts';

const MAX_KEY_LENGTH = 64;

type Named = { username: string; email: string; firstName: string; lastName: string };

/**
 * What a user is found by: their names and e-mail, and every word in them with all that follows, so that one index
 * answers a search for the beginning of any of these.
 * @example searchKeys({ username: 'ann_lee', … }) // ['ann_lee', 'lee', …]
 */
export function searchKeys({ username, email, firstName, lastName }: Named): string[] {
  const wholes = [username, email, firstName, lastName, `${firstName} ${lastName}`];
  return [...new Set(wholes.flatMap(wordEndings))];
}

/** The form in which a search is compared with the keys. */
export const searchTerm = (query: string): string => fold(query.trim()).slice(0, MAX_KEY_LENGTH);

function wordEndings(whole: string): string[] {
  const folded = fold(whole.trim());
  const starts = [...folded.matchAll(/(?<=^|[\s_.@-])[^\s_.@-]/gu)].map(({ index }) => index);
  return starts.map((start) => folded.slice(start, start + MAX_KEY_LENGTH));
}
