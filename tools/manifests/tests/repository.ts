import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

export const root = new URL('../../../', import.meta.url);

/** The text of a file of the repository. */
export function readText(path: string): Promise<string> {
  return readFile(new URL(path, root), 'utf8');
}

/** A YAML or JSON file of the repository. */
export async function readYaml<Content>(path: string): Promise<Content> {
  return parse(await readText(path), { merge: true }) as Content;
}
