import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPrograms } from '../src/images/pack-image.ts';
import { run } from '../src/run.ts';

describe('packing an image of programs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pack-image-'));
    await writeFile(join(folder, 'program'), 'what it does', { mode: 0o700 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pack = (archive: string) =>
    packPrograms(
      { name: 'commons.local/saw:1', files: { 'bin/saw': join(folder, 'program') }, entrypoint: ['/bin/saw'] },
      archive,
    );

  it('gives it its name, its entrypoint and nobody as its user', async () => {
    await pack(join(folder, 'image.tar'));

    const unpacked = await unpack(join(folder, 'image.tar'));
    const layer = createHash('sha256')
      .update(await readFile(join(unpacked, 'layer.tar')))
      .digest('hex');
    expect(JSON.parse(await readFile(join(unpacked, 'manifest.json'), 'utf8'))).toEqual([
      { Config: 'config.json', RepoTags: ['commons.local/saw:1'], Layers: ['layer.tar'] },
    ]);
    expect(JSON.parse(await readFile(join(unpacked, 'config.json'), 'utf8'))).toMatchObject({
      os: 'linux',
      config: { User: '65532:65532', Entrypoint: ['/bin/saw'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    });
  });

  it('lets anybody run what is in it', async () => {
    await pack(join(folder, 'image.tar'));

    const layer = join(await unpack(join(folder, 'image.tar')), 'layer.tar');
    expect(await run('tar', ['-tvf', layer, './bin/saw'])).toMatch(/^-rwxr-xr-x 0\/0 /);
  });

  it('makes the same of the same', async () => {
    await pack(join(folder, 'one.tar'));
    await pack(join(folder, 'other.tar'));

    expect(await readFile(join(folder, 'one.tar'))).toEqual(await readFile(join(folder, 'other.tar')));
  });

  async function unpack(archive: string): Promise<string> {
    const target = join(folder, 'unpacked');
    await mkdir(target);
    await run('tar', ['-xf', archive, '-C', target]);
    return target;
  }
});
