import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { weighPods } from '../src/node/weigh-pods.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commons-weight-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the weight of all pods', () => {
  it('is that of eight programs where each controller has a hierarchy of its own', async () => {
    await mkdir(join(folder, 'cpu'));

    await weighPods(folder);

    expect(await readFile(join(folder, 'cpu', 'k8s.io', 'cpu.shares'), 'utf8')).toBe('8192');
  });

  it('is that of eight groups where there is one hierarchy for all', async () => {
    await writeFile(join(folder, 'cgroup.controllers'), 'cpu memory');

    await weighPods(folder);

    expect(await readFile(join(folder, 'k8s.io', 'cpu.weight'), 'utf8')).toBe('800');
  });
});
