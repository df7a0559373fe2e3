import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { locateMongod } from '../src/mongod/locate-mongod.ts';
import type { MongodSource } from '../src/mongod/locate-mongod.ts';
import { aMachine, writeProgram } from './a-machine.ts';

const fails: MongodSource = { name: 'nowhere', fetch: () => Promise.reject(new Error('no network')) };

it('takes the first mongod on the PATH that runs and is new enough', async () => {
  const machine = await aMachine();
  await machine.program('broken/mongod', 'exit 1');
  await machine.program('old/mongod', 'echo db version v5.0.9');
  const good = await machine.program('good/mongod', 'echo db version v7.0.1');

  const found = await locateMongod({ env: machine.env('broken', 'old', 'good'), sources: [fails] });

  expect(found).toBe(good);
});

it('takes the newest in the cache that runs', async () => {
  const machine = await aMachine();
  await machine.program('cache/commons/mongod/6.0.5/mongod', 'echo db version v6.0.5');
  const newer = await machine.program('cache/commons/mongod/8.0.10/mongod', 'echo db version v8.0.10');
  await machine.program('cache/commons/mongod/8.2.6/mongod', 'exit 1');

  const found = await locateMongod({ env: machine.env(), sources: [fails] });

  expect(found).toBe(newer);
});

it('fetches from the next source when one fails, says so, and finds it in the cache from then on', async () => {
  const machine = await aMachine();
  const said: string[] = [];
  const works: MongodSource = {
    name: 'somewhere',
    fetch: (folder) => writeProgram(join(folder, 'fetched'), 'echo db version v6.0.5'),
  };

  const fetched = await locateMongod({ env: machine.env(), sources: [fails, works], say: (line) => said.push(line) });
  const found = await locateMongod({ env: machine.env(), sources: [fails] });

  const cache = join(machine.folder, 'cache/commons/mongod');
  expect(said).toEqual([
    `Fetching MongoDB from nowhere (once, kept in ${cache}) …`,
    `Fetching MongoDB from somewhere (once, kept in ${cache}) …`,
  ]);
  expect([fetched, found]).toEqual([join(cache, '6.0.5/mongod'), join(cache, '6.0.5/mongod')]);
  expect(await readdir(cache)).toEqual(['6.0.5']);
});

it('says why there is no mongod and what to do', async () => {
  const machine = await aMachine();
  const doesNotRun: MongodSource = {
    name: 'elsewhere',
    fetch: (folder) => writeProgram(join(folder, 'mongod'), 'exit 1'),
  };

  await expect(locateMongod({ env: machine.env(), sources: [fails, doesNotRun] })).rejects.toThrow(
    'MongoDB could not be had (nowhere: no network; elsewhere: the program that was fetched does not run here): ' +
      'install MongoDB 6 or later so that mongod is on the PATH, or set MONGODB_URI to a replica set.',
  );
});
