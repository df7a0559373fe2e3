import { readdir, readFile } from 'node:fs/promises';
import type { Files } from './make-manifests.ts';

const TEMPLATES = 'tools/manifests/templates/';

/** The templates of the repository at `root`. */
export async function readTemplates(root: URL): Promise<Files> {
  const names = await readdir(new URL(TEMPLATES, root));
  return new Map(
    await Promise.all(
      names.map(
        async (name) => [`${TEMPLATES}${name}`, await readFile(new URL(TEMPLATES + name, root), 'utf8')] as const,
      ),
    ),
  );
}

/** The services of the repository by their folder's name. */
export async function readServiceNames(root: URL): Promise<string[]> {
  const folders = await readdir(new URL('services/', root));
  return folders.filter((name) => name !== 'shared').sort();
}
