export type Words = { readonly [name: string]: string | boolean | readonly Words[] };

const SECTION = /^ *\{\{#(\w+)\}\}\n([\s\S]*?)^ *\{\{\/\1\}\}\n/gm;

/**
 * Fills a template: `{{name}}` by a word; the lines between `{{#name}}` and `{{/name}}`, each on a line of its own, once for each entry
 * of a list, or once where `name` is true. Words of the outside count inside.
 * @throws Error for a word that is not given
 */
export function fill(template: string, words: Words): string {
  const withSections = template.replace(SECTION, (_, name: string, body: string) => {
    const value = valueOf(words, name);
    const entries = typeof value === 'object' ? value : value === true ? [{}] : [];
    return entries.map((entry) => fill(body, { ...words, ...entry })).join('');
  });
  return withSections.replace(/\{\{(\w+)\}\}/g, (_, name: string) => wordOf(words, name));
}

function valueOf(words: Words, name: string): string | boolean | readonly Words[] {
  const value = words[name];
  if (value === undefined) throw new Error(`The template uses {{${name}}}, which nothing fills.`);
  return value;
}

function wordOf(words: Words, name: string): string {
  const value = valueOf(words, name);
  if (typeof value === 'string') return value;
  throw new Error(`The template uses {{${name}}} as a word, and it is none.`);
}
