import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildah } from './buildah.ts';

type Index = { manifests: { annotations?: Record<string, string> }[] };

/** By what an image layout says a name, and by what containerd reads it. */
const NAME = 'org.opencontainers.image.ref.name';
const CONTAINERD_NAME = 'io.containerd.image.name';

/**
 * Writes images to one archive that `ctr images import` and kind take, each under the name that it has. A layer that several of
 * them have is in it once.
 */
export async function saveImages(names: readonly string[], file: string): Promise<void> {
  const layout = await mkdtemp(join(tmpdir(), 'commons-layout-'));
  try {
    for (const name of names) await buildah('push', '--quiet', '--disable-compression', name, `oci:${layout}:${name}`);
    const index = join(layout, 'index.json');
    await writeFile(index, withContainerdNames(await readFile(index, 'utf8')));
    await promisify(execFile)('tar', ['-cf', file, '-C', layout, '.']);
  } finally {
    await rm(layout, { recursive: true, force: true });
  }
}

/** Has containerd know the images of a layout by their names. @param index the layout's index.json */
export function withContainerdNames(index: string): string {
  const content = JSON.parse(index) as Index;
  for (const manifest of content.manifests) {
    const name = manifest.annotations?.[NAME];
    if (name !== undefined) manifest.annotations = { ...manifest.annotations, [CONTAINERD_NAME]: name };
  }
  return JSON.stringify(content);
}
