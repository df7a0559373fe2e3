import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The repository's files by their path from its root, with `/` on every system, and their text (empty for binary ones). */
export type Tree = ReadonlyMap<string, string>;

/** What is made or installed, and so is no part of the repository; the same names as in `.gitignore`. */
const NOT_OURS = new Set(['node_modules', 'dist', '.data', 'coverage', '.git', '.env']);

/** Reads every file under `root`; `.git` and what is made or installed is left out. */
export async function readTree(root: string): Promise<Tree> {
  const paths = await listFiles(root, '');
  return new Map(
    await Promise.all(paths.sort().map(async (path) => [path, await readText(join(root, path))] as const)),
  );
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !NOT_OURS.has(entry.name) && !entry.name.endsWith('.tsbuildinfo'))
      .map(async (entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) return listFiles(root, path);
        return entry.isFile() ? [path] : [];
      }),
  );
  return found.flat();
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  return bytes.includes(0) ? '' : bytes.toString('utf8');
}
