import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathInside } from '../src/bindings/inside-root.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'binding-paths-')));
  await mkdir(join(root, 'folder'));
  await symlink('/etc', join(root, 'absolute'));
  await symlink('../../..', join(root, 'folder', 'up'));
  await symlink('folder', join(root, 'beside'));
  await symlink('loop', join(root, 'loop'));
});
afterEach(() => rm(root, { recursive: true }));

it.each([
  ['a/b', 'a/b'],
  ['/a//./b/', 'a/b'],
  ['../../a', 'a'],
  ['a/../../b', 'b'],
  ['', ''],
  ['absolute/passwd', 'etc/passwd'],
  ['folder/up/a', 'a'],
  ['beside/a', 'folder/a'],
  ['beside/../a', 'a'],
])('keeps %s under the root', async (name, inside) => {
  expect(await pathInside(root, name)).toBe(join(root, inside));
});

it('does not follow links for ever', async () => {
  await expect(pathInside(root, 'loop/a')).rejects.toThrow('too many links');
});
