import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';
import { packPrograms } from './pack-image.ts';
import type { ProgramImage } from './pack-image.ts';

/** How a node's container runtime is spoken to. */
export type Runtime = {
  ctr: string;
  socket: string;
};

/** Gives the node those of the images that it does not have. @returns the names of those that it was given */
export async function importImages(runtime: Runtime, images: readonly ProgramImage[]): Promise<string[]> {
  const present = await imageNames(runtime);
  const missing = images.filter(({ name }) => !present.has(name));
  const folder = await mkdtemp(join(tmpdir(), 'commons-images-'));
  try {
    const archive = join(folder, 'image.tar');
    for (const image of missing) {
      await packPrograms(image, archive);
      await importArchive(runtime, archive);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return missing.map(({ name }) => name);
}

/** Gives the node the images of an archive. */
export async function importArchive({ ctr, socket }: Runtime, archive: string): Promise<void> {
  await run(ctr, ['--address', socket, '--namespace', 'k8s.io', 'images', 'import', archive], { timeoutMs: 300_000 });
}

/** The names of the images that the node has. */
export async function imageNames({ ctr, socket }: Runtime): Promise<Set<string>> {
  const names = await run(ctr, ['--address', socket, '--namespace', 'k8s.io', 'images', 'list', '--quiet']);
  return new Set(names.split('\n'));
}
