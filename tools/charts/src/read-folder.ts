import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree } from './chart-files.ts';

/** Reads every file of a folder, by its path from `root`, with `/` on every system. */
export async function readFolder(root: string, folder: string): Promise<Tree> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'));
  return new Map(
    await Promise.all(
      paths.sort().map(async (path): Promise<[string, string]> => [path, await readFile(join(root, path), 'utf8')]),
    ),
  );
}
