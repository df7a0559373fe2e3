import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DAPRD_VERSION, findDaprd, findSentry } from '../src/index.ts';

describe('finding daprd', () => {
  let home: string;
  const built: string[] = [];
  const build = async (target: string) => void built.push(target);

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'find-daprd-'));
    built.length = 0;
  });
  afterEach(() => rm(home, { recursive: true }));

  it('takes the one that DAPRD names, whatever its version', async () => {
    const named = await aDaprd(join(home, 'named'), '1.2.3');

    const found = await findDaprd({ env: { HOME: home, DAPRD: named }, build });

    expect({ found, built }).toEqual({ found: named, built: [] });
  });

  it('refuses a DAPRD that is no program', async () => {
    const missing = join(home, 'nowhere');

    await expect(findDaprd({ env: { HOME: home, DAPRD: missing }, build })).rejects.toThrow(
      `DAPRD is ${missing}, which is no program`,
    );
  });

  it('takes one from the path before the one in ~/.dapr/bin', async () => {
    const onPath = await aDaprd(join(home, 'bin'), DAPRD_VERSION);
    await aDaprd(join(home, '.dapr', 'bin'), DAPRD_VERSION);

    expect(await findDaprd({ env: { ...process.env, DAPRD: '', HOME: home, PATH: dirname(onPath) }, build })).toBe(
      onPath,
    );
  });

  it('passes over another minor version', async () => {
    const old = await aDaprd(join(home, 'bin'), '1.14.4');
    const ours = await aDaprd(join(home, '.dapr', 'bin'), DAPRD_VERSION);

    expect(await findDaprd({ env: { HOME: home, PATH: dirname(old) }, build })).toBe(ours);
  });

  it('takes what was built before, and builds only when there is nothing', async () => {
    const target = join(home, '.cache', 'commons', `daprd-${DAPRD_VERSION}-sqlite`, 'daprd');

    const first = await findDaprd({ env: { HOME: home, PATH: '' }, build });
    await aDaprd(dirname(target), DAPRD_VERSION);
    const second = await findDaprd({ env: { HOME: home, PATH: '' }, build });

    expect({ first, second, built }).toEqual({ first: target, second: target, built: [target] });
  });

  it('finds the certificate authority where DAPR_SENTRY says, or beside the built daprd', async () => {
    const named = await aDaprd(join(home, 'named'), DAPRD_VERSION);

    const found = [
      await findSentry({ env: { HOME: home, DAPR_SENTRY: named }, build }),
      await findSentry({ env: { HOME: home, PATH: '' }, build }),
    ];

    const target = join(home, '.cache', 'commons', `daprd-${DAPRD_VERSION}-sqlite`, 'sentry');
    expect({ found, built }).toEqual({ found: [named, target], built: [target] });
  });
});

/** A program named daprd that answers `--version`. */
async function aDaprd(folder: string, version: string): Promise<string> {
  const path = join(folder, 'daprd');
  await mkdir(folder, { recursive: true });
  await writeFile(path, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return path;
}
