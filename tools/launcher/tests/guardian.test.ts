import { spawn } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { endLeftover } from '../src/processes/end-leftover.ts';
import { isAlive } from '../src/processes/running-process.ts';
import { startGuarded } from '../src/processes/start-guarded.ts';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';
import { until } from './until.ts';

const savesOnTerm =
  "process.on('SIGTERM', () => { console.log('saved'); process.exit(0); }); console.log('up'); setInterval(() => {}, 1e6)";
const ignoresTerm = "process.on('SIGTERM', () => console.log('asked')); console.log('up'); setInterval(() => {}, 1e6)";

it.each([
  ['lets it save what it holds', savesOnTerm, 60_000, 'up\nsaved\n'],
  ['kills it when it does not listen', ignoresTerm, 100, 'up\nasked\n'],
])('ends a program when its launcher is killed: %s', async (_case, program, patienceMs, log) => {
  const folder = await aFolder();
  const launcher = runProgram('./programs/hold-guarded.ts', { args: [folder, String(patienceMs), program] });
  await until(async () => (await contentOf(join(folder, 'log'))) === 'up\n');
  const pid = Number(await contentOf(join(folder, 'pid')));

  launcher.kill('SIGKILL');
  await until(() => !isAlive(pid));

  await until(async () => !(await exists(join(folder, 'pid'))));
  expect(await contentOf(join(folder, 'log'))).toBe(log);
});

it('stops a program when it is told to, and gives its exit code', async () => {
  const folder = await aFolder();
  const program = "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1e6)";
  const guarded = startGuarded({ ...filesIn(folder), command: process.execPath, args: ['-e', program] });
  await until(async () => (await contentOf(join(folder, 'log'))) === 'up\n');

  await guarded.stop();

  expect(await guarded.exited).toBe(7);
});

it('says so in the log when there is no such program', async () => {
  const folder = await aFolder();

  const guarded = startGuarded({ ...filesIn(folder), command: '/no/such/program', args: [] });

  expect(await guarded.exited).toBe(127);
  expect(await contentOf(join(folder, 'log'))).toBe('spawn /no/such/program ENOENT\n');
});

it('ends what an earlier run left behind on the same folder', async () => {
  const folder = await aFolder();
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', folder], { stdio: 'ignore' });
  await writeFile(join(folder, 'pid'), String(left.pid));

  await endLeftover({ pidFile: join(folder, 'pid'), folder, patienceMs: 500 });

  await until(() => left.signalCode === 'SIGTERM');
  expect(await exists(join(folder, 'pid'))).toBe(false);
});

it('leaves a stranger alone whose process id stands in an old file', async () => {
  const folder = await aFolder();
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  await writeFile(join(folder, 'pid'), String(stranger.pid));

  await endLeftover({ pidFile: join(folder, 'pid'), folder, patienceMs: 500 });

  expect({ exitCode: stranger.exitCode, signalCode: stranger.signalCode }).toEqual({
    exitCode: null,
    signalCode: null,
  });
  stranger.kill('SIGKILL');
});

function filesIn(folder: string) {
  return { logFile: join(folder, 'log'), pidFile: join(folder, 'pid') };
}

function contentOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
