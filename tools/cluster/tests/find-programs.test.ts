import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildArguments } from '../src/programs/build-module.ts';
import { findPrograms } from '../src/programs/find-programs.ts';
import type { GoModule } from '../src/programs/go-modules.ts';

const tools = {
  name: 'tools',
  version: '1.2.3',
  packages: { saw: 'example.com/tools/saw', axe: 'example.com/tools/axe' },
  tags: 'sharp',
  variables: { 'example.com/tools/version.Version': '1.2.3' },
} as const satisfies GoModule;

describe('finding programs that Go builds', () => {
  let home: string;
  const built: string[] = [];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'find-programs-'));
    built.length = 0;
  });
  afterEach(() => rm(home, { recursive: true }));

  const build = async (_module: GoModule, target: string) => {
    built.push(target);
    await somePrograms(target, ['saw', 'axe']);
  };

  it('builds them once, into a folder of their version', async () => {
    const folder = join(home, '.cache', 'commons', 'tools-1.2.3');

    const found = [await findPrograms(tools, { env: { HOME: home }, build })];
    found.push(await findPrograms(tools, { env: { HOME: home }, build }));

    const paths = { saw: join(folder, 'saw'), axe: join(folder, 'axe') };
    expect({ found, built }).toEqual({ found: [paths, paths], built: [folder] });
  });

  it('builds all of them when one is missing', async () => {
    const folder = join(home, '.cache', 'commons', 'tools-1.2.3');
    await somePrograms(folder, ['saw']);

    await findPrograms(tools, { env: { HOME: home }, build });

    expect(built).toEqual([folder]);
  });

  it('takes those of a folder that the environment names', async () => {
    const folder = join(home, 'mine');
    await somePrograms(folder, ['saw', 'axe']);

    const found = await findPrograms(tools, { env: { HOME: home, COMMONS_TOOLS_BIN: folder }, build });

    expect({ found, built }).toEqual({ found: { saw: join(folder, 'saw'), axe: join(folder, 'axe') }, built: [] });
  });

  it('refuses a named folder that lacks one', async () => {
    const folder = join(home, 'mine');
    await somePrograms(folder, ['saw']);

    await expect(findPrograms(tools, { env: { HOME: home, COMMONS_TOOLS_BIN: folder }, build })).rejects.toThrow(
      `COMMONS_TOOLS_BIN is ${folder}, which does not hold axe`,
    );
  });

  it('asks Go for all programs of a module at once, stripped and told their version', () => {
    const options = ['-tags', 'sharp', '-ldflags', '-s -w -X example.com/tools/version.Version=1.2.3'];

    expect(buildArguments(tools, '/target')).toEqual([
      ['build', ...options, '-o', '/target/', 'example.com/tools/saw', 'example.com/tools/axe'],
    ]);
  });

  it('are named as they are called here, where their packages have no names for programs', () => {
    const packages = { saw: 'example.com/tools/saw', axe: 'example.com/tools/axe/main' };

    const options = ['-ldflags', '-s -w'];
    expect(buildArguments({ name: 'tools', version: '1', packages }, '/target')).toEqual([
      ['build', ...options, '-o', '/target/', 'example.com/tools/saw'],
      ['build', ...options, '-o', '/target/axe', 'example.com/tools/axe/main'],
    ]);
  });
});

async function somePrograms(folder: string, names: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeFile(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
}
