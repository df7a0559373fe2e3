import { once } from 'node:events';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from '@jest/globals';
import { declaredQueues } from '../src/embedded/declared-queues.ts';
import { startEmbedded } from '../src/embedded/start-embedded.ts';
import type { EmbeddedOptions, Platform } from '../src/embedded/start-embedded.ts';
import { aFolder } from './temp-folder.ts';
import { toyServices } from './toy/services.ts';
import { until } from './until.ts';

const toyResources = fileURLToPath(new URL('toy/resources.yaml', import.meta.url));
const started: Platform[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((platform) => platform.stop()));
});

it('keeps data, queues and secrets over a stop and a start', async () => {
  const dataDir = await aFolder();
  const first = await start({ dataDir, env: withOwnMongod() });
  await ring(first);
  await until(async () => (await countHeard(first)) === 1);
  const secrets = await readSecrets(dataDir);
  await first.stop();

  const second = await start({ dataDir, env: withOwnMongod() });
  await ring(second);
  await until(async () => (await countHeard(second)) === 2);

  expect(await readSecrets(dataDir)).toEqual({ ...secrets, 'blob-connection-string': expect.any(String) });
  expect(Object.keys(secrets).sort()).toEqual([
    'auth-key-encryption-key',
    'blob-account-key',
    'blob-connection-string',
    'rabbitmq-connection-string',
    'redis-host',
    'redis-password',
  ]);
});

it('serves the edge at its URL, and everything else behind sidecars that ask for tokens', async () => {
  const platform = await start();

  const answer = await fetch(`${platform.url}/bell`);
  const past = await fetch(`http://127.0.0.1:${portOf(platform, 'bell')}/ring`, { method: 'POST' });
  const stranger = await fetch(`${platform.harness.sidecar('bell').url}/v1.0/metadata`);

  expect(await answer.json()).toMatchObject({ status: 'ready' });
  expect([past.status, stranger.status]).toEqual([401, 401]);
});

it('uses the MongoDB that MONGODB_URI names, and starts none', async () => {
  const dataDir = await aFolder();

  const platform = await start({ dataDir });
  await ring(platform);

  expect(await readdir(join(dataDir, 'mongod'))).toEqual([]);
});

it('writes the log as JSON lines, and shows warnings and errors to the user in words', async () => {
  const dataDir = await aFolder();
  const shown: string[] = [];
  const platform = await start({ dataDir, log: (line) => shown.push(line) });
  platform.services.get('bell')?.ctx.log.error({ err: new Error('no rope') }, 'the bell hangs loose');
  await platform.stop();

  const lines = (await readFile(join(dataDir, 'logs/commons.log'), 'utf8')).trim().split('\n');

  const messages = lines.map((line) => JSON.parse(line) as { service: string; msg: string });
  expect(messages).toContainEqual(expect.objectContaining({ level: 'info', service: 'bell', msg: 'service started' }));
  expect(messages).toContainEqual(
    expect.objectContaining({ level: 'error', service: 'bell', msg: 'the bell hangs loose' }),
  );
  expect(shown).toEqual(['ERROR bell: the bell hangs loose: no rope']);
});

it('names every variable that is wrong, before a service is started, and leaves the folder free', async () => {
  const dataDir = await aFolder();

  await expect(start({ dataDir, env: { ...withTestMongod(), LOG_LEVEL: 'loud', BELL_SOUND: 'boom' } })).rejects.toThrow(
    'The configuration is not usable (LOG_LEVEL: Invalid option: expected one of "fatal"|"error"|"warn"|"info"|"debug"|"trace"|"silent"; ' +
      'BELL_SOUND: Invalid option: expected one of "ding"|"dong"): see .env.example for what each variable may be.',
  );

  await expect(access(join(dataDir, 'commons.lock'))).rejects.toThrow('ENOENT');
});

it('says that the port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };

  await expect(start({ port })).rejects.toThrow(
    `Port ${port} is in use: stop what listens there, or set PORT to another.`,
  );

  other.close();
});

it('says that an address is none of this machine', async () => {
  await expect(start({ port: 8000, env: { ...withTestMongod(), APP_HOST: '203.0.113.1' } })).rejects.toThrow(
    '203.0.113.1 is no address of this machine: set APP_HOST to one, or leave it out.',
  );
});

it('says so when its database ends by itself', async () => {
  const dataDir = await aFolder();
  const platform = await start({ dataDir, env: withOwnMongod() });

  process.kill(Number(await readFile(join(dataDir, 'mongod/mongod.pid'), 'utf8')), 'SIGKILL');

  expect((await platform.failed).message).toBe(
    `MongoDB ended by itself (code 1): see its log in ${dataDir}/mongod, then start again.`,
  );
});

it('refuses damaged secrets, and leaves the folder free', async () => {
  const dataDir = await aFolder();
  await (await start({ dataDir })).stop();
  await writeFile(join(dataDir, 'secrets.json'), '{');

  await expect(start({ dataDir })).rejects.toThrow(
    `The file ${dataDir}/secrets.json is damaged: restore it from a copy, or set DATA_DIR to another folder.`,
  );

  await expect(access(join(dataDir, 'commons.lock'))).rejects.toThrow('ENOENT');
});

it('declares the queues of every service and of its dead letters', () => {
  expect(declaredQueues(toyServices)).toEqual([
    { pubsub: 'pubsub-bell-events', topic: 'bell-events', consumerId: 'ear' },
    { pubsub: 'pubsub-dead-letters', topic: 'ear-dead-letters', consumerId: 'ear' },
  ]);
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<Platform> {
  const platform = await startEmbedded({
    loadServices: () => Promise.resolve(toyServices),
    port: 0,
    dataDir: options.dataDir ?? (await aFolder()),
    env: withTestMongod(),
    resources: [toyResources],
    ...options,
  });
  started.push(platform);
  return platform;
}

function withOwnMongod(): NodeJS.ProcessEnv {
  const { MONGODB_URI: _, ...env } = process.env;
  return env;
}

function withTestMongod(): NodeJS.ProcessEnv {
  return { ...process.env, MONGODB_URI: process.env['COMMONS_TEST_MONGODB_URI'], DATABASE_PREFIX: 'launcher_' };
}

/** As the bell's own sidecar does, which has its token. */
async function ring(platform: Platform): Promise<void> {
  const { ctx } = platform.services.get('bell')!;
  const response = await fetch(`http://127.0.0.1:${portOf(platform, 'bell')}/ring`, {
    method: 'POST',
    headers: { 'dapr-api-token': ctx.config.APP_API_TOKEN },
  });
  expect(response.status).toBe(204);
}

function countHeard(platform: Platform): Promise<number> {
  return platform.services.get('ear')!.ctx.db.collection('heard').countDocuments();
}

function portOf(platform: Platform, name: string): number {
  return platform.services.get(name)!.port;
}

async function readSecrets(dataDir: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>;
}
