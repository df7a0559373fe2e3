import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component } from '../src/index.ts';
import { createSecretReader } from '../src/secrets/secret-reader.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secret-reader-'));
});
afterEach(() => rm(folder, { recursive: true }));

const aStore = (name: string, type: string, metadata: Record<string, string> = {}): Component => ({
  name,
  type,
  version: 'v1',
  metadata,
  scopes: [],
  ignoreErrors: false,
  isNamespaced: false,
});

it('reads secrets of the store that is named', async () => {
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify({ redis: { password: 'secret' } }));
  const read = createSecretReader([
    aStore('file', 'secretstores.local.file', { secretsFile }),
    aStore('multi', 'secretstores.local.file', { secretsFile, multiValued: 'true' }),
  ]);

  expect([await read('file', 'redis:password'), await read('multi', 'redis')]).toEqual([
    { 'redis:password': 'secret' },
    { password: 'secret' },
  ]);
});

it('opens a store only when it is asked', async () => {
  const read = createSecretReader([
    aStore('broken', 'secretstores.local.file', { secretsFile: join(folder, 'nowhere') }),
    aStore('env', 'secretstores.local.env'),
  ]);

  await expect(read('env', 'NOT_SET_ANYWHERE')).resolves.toEqual({ NOT_SET_ANYWHERE: '' });
  await expect(read('broken', 'any')).rejects.toThrow('no such file or directory');
});

it('says what is not there', async () => {
  const read = createSecretReader([aStore('cluster', 'secretstores.kubernetes')]);

  await expect(read('nowhere', 'any')).rejects.toThrow('secret store nowhere is not configured');
  await expect(read('cluster', 'any')).rejects.toThrow('there is no Kubernetes API server here');
});
