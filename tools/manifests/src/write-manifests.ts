/** npm run manifests: writes compose.yaml, dapr.yaml and what else lists every service. */
import { writeFile } from 'node:fs/promises';
import { makeManifests } from './make-manifests.ts';
import { readServiceNames, readTemplates } from './read-files.ts';

const root = new URL('../../../', import.meta.url);

for (const [path, text] of makeManifests(await readTemplates(root), await readServiceNames(root))) {
  await writeFile(new URL(path, root), text);
  console.log(`wrote ${path}`);
}
