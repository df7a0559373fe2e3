/** `create-post` → `createPost`. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Every form in which a service's name, in kebab-case, stands in its files. */
export function formsOf(name: string): Record<string, string> {
  const plural = pluralOf(name);
  return {
    name,
    plural,
    camel: camelCase(name),
    camelPlural: camelCase(plural),
    Pascal: capitalized(camelCase(name)),
    PascalPlural: capitalized(camelCase(plural)),
    snake: name.replaceAll('-', '_'),
    snakePlural: plural.replaceAll('-', '_'),
    words: name.replaceAll('-', ' '),
    wordsPlural: plural.replaceAll('-', ' '),
    WordsPlural: capitalized(plural.replaceAll('-', ' ')),
  };
}

/** The regular plural: `post` → `posts`, `story` → `stories`, `inbox` → `inboxes`. */
function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
