import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Resources on disk: one folder of what a sidecar loads, and Configurations apart, since daprd takes them by file. */
export type ResourceFiles = {
  folder: string;
  /** The file of a Configuration by its name. */
  configurations: ReadonlyMap<string, string>;
  remove(): Promise<void>;
};

/** Writes YAML documents into a new folder. */
export async function writeResources(documents: readonly string[]): Promise<ResourceFiles> {
  const root = await mkdtemp(join(tmpdir(), 'conformance-'));
  const folder = join(root, 'resources');
  await mkdir(folder);
  const configurations = new Map<string, string>();
  for (const [index, document] of documents.entries()) {
    const { kind, metadata } = parse(document) as { kind: string; metadata: { name: string } };
    const isConfiguration = kind === 'Configuration';
    const file = join(isConfiguration ? root : folder, `${String(index).padStart(2, '0')}-${metadata.name}.yaml`);
    if (isConfiguration) configurations.set(metadata.name, file);
    await writeFile(file, document);
  }
  return { folder, configurations, remove: () => rm(root, { recursive: true, force: true }) };
}
