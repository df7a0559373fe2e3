/** npm run chart-files: writes what charts/ has copies of. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartFiles, leftovers } from './chart-files.ts';
import { readFolder } from './read-folder.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const tree = new Map([...(await readFolder(root, 'components')), ...(await readFolder(root, 'charts'))]);
const changed = [...chartFiles(tree)].filter(([path, text]) => tree.get(path) !== text);
for (const [path, text] of changed) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
const gone = leftovers(tree);
for (const path of gone) await rm(join(root, path));
console.log(`charts/ has what it is made from: ${changed.length} files written, ${gone.length} removed.`);
