import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { checkMongodb } from '../src/mongod/check-mongodb.ts';
import { locateMongod } from '../src/mongod/locate-mongod.ts';
import { findFreePort, waitForPort } from '../src/processes/free-port.ts';
import { startGuarded } from '../src/processes/start-guarded.ts';
import { aFolder } from './temp-folder.ts';

it('takes a replica set', async () => {
  await expect(checkMongodb(process.env['COMMONS_TEST_MONGODB_URI'] ?? '')).resolves.toBeUndefined();
});

it('refuses what is no connection string', async () => {
  await expect(checkMongodb('localhost:27017')).rejects.toThrow(
    'MONGODB_URI is no MongoDB connection string: correct it, or leave it out.',
  );
});

it('refuses a server that does not answer, and keeps its password to itself', async () => {
  const port = await findFreePort();

  await expect(checkMongodb(`mongodb://me:secret@127.0.0.1:${port}/`, 200)).rejects.toThrow(
    `The MongoDB at 127.0.0.1:${port} that MONGODB_URI names does not answer: start it, or leave MONGODB_URI out.`,
  );
});

it('refuses a server that is no replica set', async () => {
  const folder = await aFolder();
  const port = await findFreePort();
  await mkdir(join(folder, 'db'));
  const mongod = startGuarded({
    command: await locateMongod(),
    args: ['--dbpath', join(folder, 'db'), '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
    logFile: join(folder, 'log'),
    pidFile: join(folder, 'pid'),
  });
  await waitForPort(port, 20_000, () => false);

  await expect(checkMongodb(`mongodb://127.0.0.1:${port}/`)).rejects.toThrow(
    `The MongoDB at 127.0.0.1:${port} that MONGODB_URI names is no replica set: start it with --replSet, or leave MONGODB_URI out.`,
  );

  await mongod.stop();
});
