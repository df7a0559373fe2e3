import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { layoutOf } from '../src/node/layout.ts';
import { isNodeRunning, removeNode, stopNode } from '../src/node/stop-node.ts';

describe('taking a node away', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'node-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('removes the folder of a node', async () => {
    const layout = layoutOf(folder);
    await writeFile(layout.marker, '');

    await removeNode(layout);

    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves a folder alone that holds something else', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'years of work');

    await expect(removeNode(layoutOf(folder))).rejects.toThrow('holds something else than a node');
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('does not take another process for the node that has its id now', async () => {
    const layout = layoutOf(folder);
    await writeFile(layout.pidFile, String(process.pid));

    await stopNode(layout);

    expect(await isNodeRunning(layout)).toBe(false);
  });

  it('has nothing to do where there is none', async () => {
    const layout = layoutOf(join(folder, 'nowhere'));

    await expect(stopNode(layout).then(() => removeNode(layout))).resolves.toBeUndefined();
  });
});

describe('the configuration of a node', () => {
  it('takes folder and ports from the environment', () => {
    const env = { COMMONS_CLUSTER_DIR: '/node', COMMONS_CLUSTER_API_PORT: '1', COMMONS_CLUSTER_HTTP_PORT: '2' };

    expect(readConfig(env)).toEqual({ folder: '/node', apiPort: 1, ingressPort: 2 });
  });

  it('refuses what is no port, and a folder whose sockets nobody could name', () => {
    expect(() => readConfig({ COMMONS_CLUSTER_API_PORT: 'http' })).toThrow('COMMONS_CLUSTER_API_PORT is http');
    expect(() => readConfig({ COMMONS_CLUSTER_DIR: `/${'long'.repeat(30)}` })).toThrow('too long a path');
  });
});
