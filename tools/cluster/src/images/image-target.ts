import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveImages } from '@commons/images';
import { run } from '../run.ts';
import { imageNames, importArchive } from './import-images.ts';
import type { Runtime } from './import-images.ts';

/** Where a cluster takes the services' images from, and how they get there. */
export type ImageTarget = {
  /** What stands before their names there. */
  registry: string;
  /** Of some images, by their full names, those that need not be given any more. */
  present: () => Promise<ReadonlySet<string>>;
  /** Gives it images that buildah has under these names. */
  give: (names: readonly string[]) => Promise<void>;
};

const limitMs = 600_000;

/** The images of our own node: in its container runtime. */
export function nodeImages(runtime: () => Runtime): ImageTarget {
  return {
    registry: 'localhost',
    present: () => imageNames(runtime()),
    give: (names) => asArchive(names, (archive) => importArchive(runtime(), archive)),
  };
}

/** The images of the nodes of a cluster of kind. What they have already, kind leaves out by itself. */
export function kindImages(cluster: string, runProgram = run, withArchive = asArchive): ImageTarget {
  return {
    registry: 'localhost',
    present: async () => new Set(),
    async give(names) {
      await withArchive(names, async (archive) => {
        await runProgram('kind', ['load', 'image-archive', archive, '--name', cluster], { timeoutMs: limitMs });
      });
    },
  };
}

/** A registry from which a cluster pulls; who may push to it is known to buildah (`buildah login`). */
export function registryImages(registry: string, runProgram = run): ImageTarget {
  return {
    registry,
    present: async () => new Set(),
    async give(names) {
      for (const name of names)
        await runProgram('buildah', ['push', '--quiet', name, `docker://${name}`], { timeoutMs: limitMs });
    },
  };
}

async function asArchive(names: readonly string[], use: (archive: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-image-'));
  try {
    const archive = join(folder, 'image.tar');
    await saveImages(names, archive);
    await use(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
