import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../run.ts';

export type Image = {
  /** With registry and tag: `commons.local/coredns:1.13.1`. */
  name: string;
  entrypoint?: readonly string[];
  env?: Readonly<Record<string, string>>;
};

/** An image of nothing but programs that need nothing else. */
export type ProgramImage = Image & {
  /** Where a file of this machine lies in the image. */
  files: Readonly<Record<string, string>>;
};

/** Who programs run as in an image: nobody in particular. */
const user = '65532:65532';

/** Packs an image of programs into `archive`, as a container runtime imports it. The same files make the same image. */
export async function packPrograms({ files, ...image }: ProgramImage, archive: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'commons-root-'));
  try {
    await layOut(files, root);
    await packImage(image, root, archive);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Packs the folder `root` as an image of one layer into `archive`. */
export async function packImage(image: Image, root: string, archive: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-image-'));
  try {
    await tar(join(folder, 'layer.tar'), root, ['.']);
    const layer = `sha256:${await digestOf(join(folder, 'layer.tar'))}`;
    await writeFile(join(folder, 'config.json'), JSON.stringify(imageConfig(layer, image)));
    await writeFile(
      join(folder, 'manifest.json'),
      JSON.stringify([{ Config: 'config.json', RepoTags: [image.name], Layers: ['layer.tar'] }]),
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

function imageConfig(layer: string, { entrypoint, env = {} }: Image) {
  return {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      User: user,
      WorkingDir: '/',
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...(entrypoint && { Entrypoint: entrypoint }),
    },
    rootfs: { type: 'layers', diff_ids: [layer] },
  };
}
