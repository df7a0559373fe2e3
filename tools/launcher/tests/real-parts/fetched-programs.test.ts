import { readlink, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startRabbitmq } from '../../src/rabbitmq/start-rabbitmq.ts';
import { startRedis } from '../../src/redis/start-redis.ts';
import { aFolder } from '../temp-folder.ts';
import { definitions, publish, take } from './broker-session.ts';
import { redisAnswers } from './redis-session.ts';

const limitMs = 300_000;

it(
  'runs a Redis that was fetched, as if none were installed',
  async () => {
    const options = await aMachineWithoutParts();
    const redis = await startRedis({ ...options, password: 'secret' });
    const program = await programOf(options.dataDir, 'redis.pid');
    const answers = await redisAnswers(redis.port, 'AUTH secret', 'SET greeting hello');
    await redis.stop();

    expect(program).toMatch(new RegExp(`^${options.cache}/redis/[0-9.]+/usr/bin/redis-`));
    expect(answers).toEqual(['+OK', '+OK']);
  },
  limitMs,
);

it(
  'runs a RabbitMQ with an Erlang that were fetched, as if none were installed',
  async () => {
    const options = await aMachineWithoutParts();
    const definitionsFile = join(options.dataDir, 'definitions-of-the-test.json');
    await writeFile(definitionsFile, JSON.stringify(definitions));
    const broker = await startRabbitmq({ ...options, definitionsFile, user: 'commons', password: 'secret' });
    const program = await programOf(options.dataDir, 'rabbitmq.pid');
    await publish(broker.connectionString, 'hello');
    const taken = await take(broker.connectionString);
    await broker.stop();

    expect(program).toMatch(new RegExp(`^${options.cache}/rabbitmq/[0-9.]+/usr/lib/erlang/.*/beam.smp$`));
    expect(taken).toBe('hello');
  },
  limitMs,
);

/** Nothing is looked for where it may be installed, and the cache is empty. */
async function aMachineWithoutParts() {
  const cacheHome = await aFolder();
  const env = { ...process.env, XDG_CACHE_HOME: cacheHome };
  return { dataDir: await aFolder(), env, installedIn: [], cache: join(cacheHome, 'commons') };
}

async function programOf(dataDir: string, pidFile: string): Promise<string> {
  return readlink(`/proc/${(await readFile(join(dataDir, pidFile), 'utf8')).trim()}/exe`);
}
