import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chartFiles, leftovers } from './chart-files.ts';
import { readFolder } from './read-folder.ts';

/** Writes the files of `charts/` that are made from others, in the repository at `root`. Says how many had to be changed. */
export async function writeChartFiles(root: string): Promise<{ written: number; removed: number }> {
  const tree = new Map([...(await readFolder(root, 'components')), ...(await readFolder(root, 'charts'))]);
  const changed = [...chartFiles(tree)].filter(([path, text]) => tree.get(path) !== text);
  for (const [path, text] of changed) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const gone = leftovers(tree);
  for (const path of gone) await rm(join(root, path));
  return { written: changed.length, removed: gone.length };
}
