import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { FetchPackages } from '../src/debian-packages/fetch-part.ts';
import { locateRedis } from '../src/redis/locate-redis.ts';
import { aMachine, writeProgram } from './a-machine.ts';

const say = () => undefined;
const fails: FetchPackages = () => Promise.reject(new Error('no network'));
const inRoot = join('usr', 'bin', 'redis-server');

it('takes the first redis-server on the PATH that runs and is new enough', async () => {
  const machine = await aMachine();
  await machine.program('broken/redis-server', 'exit 1');
  await machine.program('old/redis-server', 'echo Redis server v=5.0.7 sha=0');
  const command = await machine.program('good/redis-server', 'echo Redis server v=7.0.15 sha=0');

  const found = await locateRedis({ env: machine.env('broken', 'old', 'good'), say, fetch: fails });

  expect(found).toEqual({ command, env: {} });
});

it('fetches one where none is installed, says so, and finds it with its libraries from then on', async () => {
  const machine = await aMachine();
  const said: string[] = [];
  const asked: unknown[] = [];
  const fetch: FetchPackages = async (folder, packages) => {
    asked.push(packages.name);
    await writeProgram(join(folder, inRoot), 'echo Redis server v=7.0.15 sha=0');
    await mkdir(join(folder, 'usr', 'lib', 'x86_64-linux-gnu'), { recursive: true });
  };

  const fetched = await locateRedis({ env: machine.env(), say: (line) => said.push(line), fetch });
  const found = await locateRedis({ env: machine.env(), say, fetch: fails });

  const cache = join(machine.folder, 'cache', 'commons', 'redis');
  const root = join(cache, '7.0.15');
  const program = {
    command: join(root, inRoot),
    env: { LD_LIBRARY_PATH: join(root, 'usr', 'lib', 'x86_64-linux-gnu') },
  };
  expect({ fetched, found }).toEqual({ fetched: program, found: program });
  expect({ said, asked }).toEqual({
    said: [`Fetching Redis from Debian’s packages (once, kept in ${cache}) …`],
    asked: ['redis-server'],
  });
  expect(await readdir(cache)).toEqual(['7.0.15']);
});

it('says why there is none and what to do, and leaves nothing half done', async () => {
  const machine = await aMachine();
  const fetch: FetchPackages = async (folder) => void (await writeProgram(join(folder, inRoot), 'exit 1'));

  await expect(locateRedis({ env: machine.env(), say, fetch })).rejects.toThrow(
    'Redis could not be had (Debian’s packages: the program that was fetched does not run here): ' +
      'install Redis 6 or later so that redis-server is on the PATH.',
  );
  expect(await readdir(join(machine.folder, 'cache', 'commons', 'redis'))).toEqual([]);
});
