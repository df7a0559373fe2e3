import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readTree } from '../read-tree.ts';
import { brokerFiles, brokerLeftovers } from './broker-files.ts';

/** Writes what is made from the services' subscriptions, and removes what is there for nothing. */
export async function writeBrokerFiles(root: URL): Promise<void> {
  const wanted = await brokerFiles(root);
  for (const [path, text] of wanted) {
    const file = new URL(path, root);
    await mkdir(new URL('./', file), { recursive: true });
    await writeFile(file, text);
  }
  for (const path of brokerLeftovers(await readTree(fileURLToPath(root)), wanted)) await rm(new URL(path, root));
}
