import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../run.ts';

/** An image of nothing but programs that need nothing else. */
export type ProgramImage = {
  /** With registry and tag: `commons.local/coredns:1.13.1`. */
  name: string;
  /** Where a file of this machine lies in the image. */
  files: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
};

/** Who programs run as in an image: nobody in particular. */
const user = '65532:65532';

/**
 * Packs an image of one layer into `archive`, as a container runtime imports it. The same files make the same image.
 */
export async function packImage({ name, files, entrypoint }: ProgramImage, archive: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-image-'));
  try {
    await layOut(files, join(folder, 'root'));
    await tar(join(folder, 'layer.tar'), join(folder, 'root'), ['.']);
    const layer = `sha256:${await digestOf(join(folder, 'layer.tar'))}`;
    await writeFile(join(folder, 'config.json'), JSON.stringify(imageConfig(layer, entrypoint)));
    await writeFile(
      join(folder, 'manifest.json'),
      JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]),
    );
    await tar(archive, folder, ['manifest.json', 'config.json', 'layer.tar']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(files: Readonly<Record<string, string>>, root: string): Promise<void> {
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true, mode: 0o755 });
    await copyFile(source, join(root, path));
  }
}

async function tar(archive: string, folder: string, names: string[]): Promise<void> {
  const sameEachTime = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=a+rX'];
  await run('tar', ['-cf', archive, '-C', folder, ...sameEachTime, ...names]);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function imageConfig(layer: string, entrypoint: readonly string[]) {
  return {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { User: user, Entrypoint: entrypoint, WorkingDir: '/' },
    rootfs: { type: 'layers', diff_ids: [layer] },
  };
}
