/** npm run access-lists: writes into each sidecar's Configuration who may call it for what, as the code of the callers needs it. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configurationFiles } from './components/configuration-files.ts';
import { readTree } from './read-tree.ts';

const root = new URL('../../../', import.meta.url);
const tree = await readTree(fileURLToPath(root));

for (const [path, text] of configurationFiles(tree)) {
  if (text === tree.get(path)) continue;
  await writeFile(new URL(path, root), text);
  console.log(`wrote ${path}`);
}
