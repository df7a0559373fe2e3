import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Tree } from '../../src/inner-loop-problems.ts';

/** The folder of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The repository's files that name services for the inner loop, as they are. */
export async function innerLoopFiles(): Promise<Tree> {
  const paths = ['skaffold.yaml', 'tilt/services.star'];
  return new Map(
    await Promise.all(
      paths.map(async (path): Promise<[string, string]> => [path, await readFile(root + path, 'utf8')]),
    ),
  );
}

/** The names of the services that there are, in order. */
export async function serviceNames(): Promise<string[]> {
  const entries = await readdir(`${root}services`, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name)
    .sort();
}
