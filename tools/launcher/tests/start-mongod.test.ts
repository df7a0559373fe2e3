import { once } from 'node:events';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startMongod } from '../src/mongod/start-mongod.ts';
import type { RunningMongod } from '../src/mongod/start-mongod.ts';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';

const started: RunningMongod[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((mongod) => mongod.stop()));
});

it('keeps its data and its address over a stop and a start', async () => {
  const dataDir = await aFolder();
  const first = await start(dataDir);
  await write(first.uri, 'kept');
  await first.stop();

  const second = await start(dataDir);

  expect(second.uri).toBe(first.uri);
  expect(await readAll(second.uri)).toEqual(['kept']);
});

it('keeps what was acknowledged when its launcher is killed', async () => {
  const dataDir = await aFolder();
  const launcher = runProgram('./programs/hold-mongod.ts', { args: [dataDir] });
  const uri = await launcher.printed('mongodb://');
  await write(uri, 'kept');
  launcher.kill('SIGKILL');
  await launcher.ended;

  const again = await start(dataDir);

  expect(await readAll(again.uri)).toEqual(['kept']);
});

it('recovers from being killed itself', async () => {
  const dataDir = await aFolder();
  const first = await start(dataDir);
  await write(first.uri, 'kept');
  process.kill(Number(await readFile(join(dataDir, 'mongod.pid'), 'utf8')), 'SIGKILL');
  expect(await first.exited).toBe(1);

  const second = await start(dataDir);

  expect(await readAll(second.uri)).toEqual(['kept']);
});

it('moves to another port when its own is taken, with its data', async () => {
  const dataDir = await aFolder();
  const first = await start(dataDir);
  await write(first.uri, 'kept');
  await first.stop();
  const other = createServer((socket) => socket.destroy()).listen(Number(new URL(first.uri).port), '127.0.0.1');
  await once(other, 'listening');

  const second = await start(dataDir);
  other.close();

  expect(second.uri).not.toBe(first.uri);
  expect(await readAll(second.uri)).toEqual(['kept']);
});

it('says which files mongod does not take', async () => {
  const dataDir = await aFolder();
  await (await start(dataDir)).stop();
  await writeFile(join(dataDir, 'db/WiredTiger.turtle'), 'nonsense');
  await writeFile(join(dataDir, 'db/WiredTiger.wt'), 'nonsense');

  await expect(start(dataDir)).rejects.toThrow(
    `MongoDB does not take its files in ${dataDir}/db (see ${dataDir}/mongod.log): restore them from a copy, or set DATA_DIR to another folder.`,
  );
});

it('says so when another process uses its files', async () => {
  const dataDir = await aFolder();
  await start(dataDir);
  await rm(join(dataDir, 'mongod.pid'));

  await expect(start(dataDir)).rejects.toThrow(
    `Another process uses the MongoDB files in ${dataDir}/db: end it, or set DATA_DIR to another folder.`,
  );
});

it('takes a folder of its own where none is given, and removes it at the end', async () => {
  const mongod = await startMongod();
  const dbPath = await databasePath(mongod.uri);

  await mongod.stop();

  await expect(access(dbPath)).rejects.toThrow('ENOENT');
});

async function start(dataDir: string): Promise<RunningMongod> {
  const mongod = await startMongod({ dataDir });
  started.push(mongod);
  return mongod;
}

async function write(uri: string, name: string): Promise<void> {
  await withClient(uri, async (client) => {
    await client.db('shop').collection('things').insertOne({ name });
  });
}

function readAll(uri: string): Promise<unknown[]> {
  return withClient(uri, async (client) =>
    (await client.db('shop').collection('things').find().toArray()).map(({ name }) => name),
  );
}

function databasePath(uri: string): Promise<string> {
  return withClient(uri, async (client) => {
    const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
    return String(parsed.storage.dbPath);
  });
}

async function withClient<Result>(uri: string, action: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = new MongoClient(uri);
  try {
    return await action(client);
  } finally {
    await client.close();
  }
}
