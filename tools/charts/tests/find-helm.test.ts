import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findHelm } from '../src/find-helm.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'find-helm-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = () => Promise.reject(new Error('nothing was to be fetched'));

async function program(path: string, version: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho ${version}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('Helm', () => {
  it('is the one that HELM names, of whatever version', async () => {
    const helm = await program('own/helm', 'v3.1.0');

    expect(await findHelm({ env: { HELM: helm }, fetch: never })).toBe(helm);
    await expect(findHelm({ env: { HELM: `${helm}-4` }, fetch: never })).rejects.toThrow(
      `HELM is ${helm}-4, which is no program`,
    );
  });

  it('is the first Helm 4 on the path', async () => {
    await program('old/helm', 'v3.18.0');
    const helm = await program('new/helm', 'v4.1.0');
    const path = `${join(folder, 'none')}:${join(folder, 'old')}:${join(folder, 'new')}`;

    expect(await findHelm({ env: { PATH: path, HOME: folder }, fetch: never })).toBe(helm);
  });

  it('is fetched once where there is none', async () => {
    const env = { PATH: folder, XDG_CACHE_HOME: folder };
    const target = join(folder, 'commons', 'helm-4.1.4', 'helm');
    const fetch = async (): Promise<void> => void (await program('commons/helm-4.1.4/helm', 'v4.1.4'));

    expect(await findHelm({ env, fetch })).toBe(target);
    expect(await findHelm({ env, fetch: never })).toBe(target);
  });
});
