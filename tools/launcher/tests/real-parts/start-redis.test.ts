import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { commandLine, isAlive, isRunning } from '../../src/processes/running-process.ts';
import { startRedis } from '../../src/redis/start-redis.ts';
import type { RunningRedis } from '../../src/redis/start-redis.ts';
import { runProgram } from '../run-program.ts';
import { aFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { descendantsOf } from './descendants.ts';
import { redisAnswers } from './redis-session.ts';

const password = 'secret';
const auth = `AUTH ${password}`;

it.each([
  ['when it was stopped', (redis: RunningRedis) => redis.stop()],
  ['when it was killed', killed],
])('keeps what it acknowledged, and its port: %s', async (_case, end) => {
  const dataDir = await aFolder();
  const first = await startRedis({ dataDir, password });
  await redisAnswers(first.port, auth, 'SET greeting hello');
  await end(first, dataDir);

  const again = await startRedis({ dataDir, password });
  const kept = await redisAnswers(again.port, auth, 'GET greeting');
  await again.stop();

  expect({ kept, host: again.host }).toEqual({ kept: ['+OK', '$5', 'hello'], host: first.host });
});

it('lets nobody in without the password, which stands in a file for its owner alone', async () => {
  const dataDir = await aFolder();
  const redis = await startRedis({ dataDir, password: String.raw`a "\ b` });
  const configuration = join(dataDir, 'redis.conf');

  expect(await redisAnswers(redis.port, 'GET greeting', 'AUTH guess')).toEqual([
    '-NOAUTH Authentication required.',
    '-WRONGPASS invalid username-password pair or user is disabled.',
  ]);
  expect(await redisAnswers(redis.port, String.raw`AUTH "a \"\\ b"`)).toEqual(['+OK']);
  expect(((await stat(configuration)).mode & 0o777).toString(8)).toBe('600');
  expect(await commandLine(await pidOf(dataDir))).toContain(`127.0.0.1:${redis.port}`);

  await redis.stop();
});

it('leaves nothing behind when its launcher is killed, and nothing is lost', async () => {
  const dataDir = await aFolder();
  const launcher = runProgram('./programs/hold-redis.ts', { args: [dataDir, password] });
  const port = Number((await launcher.printed('127.0.0.1:')).split(':').at(-1));
  await redisAnswers(port, auth, 'SET greeting hello');
  const started = await descendantsOf(launcher.pid);

  launcher.kill('SIGKILL');
  await until(() => !started.some(isAlive));
  const again = await startRedis({ dataDir, password });
  const kept = await redisAnswers(again.port, auth, 'GET greeting');
  await again.stop();

  expect({ count: started.length, kept, port: again.port }).toEqual({ count: 2, kept: ['+OK', '$5', 'hello'], port });
});

it('ends what a guardian that was killed left behind', async () => {
  const dataDir = await aFolder();
  const launcher = runProgram('./programs/hold-redis.ts', { args: [dataDir, password] });
  await launcher.printed('127.0.0.1:');
  const left = await pidOf(dataDir);
  const [guardian = 0] = (await descendantsOf(launcher.pid)).filter((pid) => pid !== left);
  process.kill(guardian, 'SIGKILL');

  const again = await startRedis({ dataDir, password });
  const isLeft = await isRunning(left);
  await again.stop();

  expect(isLeft).toBe(false);
});

it('says where to look when it does not take its files', async () => {
  const dataDir = await aFolder();
  const folder = join(dataDir, 'data', 'appendonlydir');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'appendonly.aof.manifest'), 'nonsense');

  await expect(startRedis({ dataDir, password })).rejects.toThrow(
    `Redis, which keeps state, did not start: see ${dataDir}/redis.log, then try again.`,
  );
});

async function killed(redis: RunningRedis, dataDir: string): Promise<void> {
  process.kill(await pidOf(dataDir), 'SIGKILL');
  await redis.exited;
}

async function pidOf(dataDir: string): Promise<number> {
  return Number(await readFile(join(dataDir, 'redis.pid'), 'utf8'));
}
