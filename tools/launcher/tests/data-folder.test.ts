import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openDataFolder } from '../src/data-folder/open-data-folder.ts';
import { loadSecrets } from '../src/data-folder/secrets-file.ts';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';

const now = new Date('2026-01-02T03:04:05.678Z');

it('makes a new folder, marks it as ours, and gives it back at the end', async () => {
  const path = join(await aFolder(), 'new', 'data');

  const folder = await openDataFolder(path, { now });
  const taken = await readdir(path);
  await folder.close();

  expect(taken.sort()).toEqual(['blobs', 'commons.json', 'commons.lock', 'dapr', 'logs', 'mongod']);
  expect((await readdir(path)).sort()).toEqual(['blobs', 'commons.json', 'dapr', 'logs', 'mongod']);
  expect(await readFile(join(path, 'commons.json'), 'utf8')).toBe(
    '{"format":1,"created_at":"2026-01-02T03:04:05.678Z"}\n',
  );
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

it('opens its folder again', async () => {
  const path = await aFolder();
  await (await openDataFolder(path, { now })).close();

  const folder = await openDataFolder(path);
  await folder.close();

  expect(await readFile(join(path, 'commons.json'), 'utf8')).toBe(
    '{"format":1,"created_at":"2026-01-02T03:04:05.678Z"}\n',
  );
});

it('refuses a folder with files of someone else, and leaves it as it is', async () => {
  const path = await aFolder();
  await writeFile(join(path, 'thesis.txt'), 'years of work');

  await expect(openDataFolder(path)).rejects.toThrow(
    `The folder ${path} holds files that are not Commons’: set DATA_DIR to an empty or new folder.`,
  );

  expect(await readdir(path)).toEqual(['thesis.txt']);
});

it.each(['', '{', '{"format":0}', '{"format":1,"created_at":"soon"}'])(
  'refuses a folder whose marker is %j',
  async (marker) => {
    const path = await aFolder();
    await writeFile(join(path, 'commons.json'), marker);

    await expect(openDataFolder(path)).rejects.toThrow(
      `The file ${path}/commons.json is damaged: restore it from a copy, or set DATA_DIR to another folder.`,
    );
  },
);

it('refuses a folder of a newer format', async () => {
  const path = await aFolder();
  await writeFile(join(path, 'commons.json'), '{"format":2,"created_at":"2030-01-01T00:00:00.000Z"}');

  await expect(openDataFolder(path)).rejects.toThrow(
    `The data in ${path} is of format 2 and this Commons knows 1: run a newer one, or set DATA_DIR to another folder.`,
  );
});

it('refuses a file where the folder should be', async () => {
  const path = join(await aFolder(), 'data');
  await writeFile(path, '');

  await expect(openDataFolder(path)).rejects.toThrow(
    `There is a file where the folder ${path} should be: set DATA_DIR to a folder.`,
  );
});

it('refuses a folder that cannot be written', async () => {
  await expect(openDataFolder('/proc/commons')).rejects.toThrow(
    'The folder /proc/commons cannot be written: change its rights, or set DATA_DIR to another folder.',
  );
});

it('refuses a disk that is nearly full', async () => {
  const path = await aFolder();

  await expect(openDataFolder(path, { freeBytes: async () => 100 * 1024 ** 2 })).rejects.toThrow(
    `The disk of ${path} has 100 MB left and Commons needs 512 MB: free some, or set DATA_DIR to another disk.`,
  );
});

it('refuses a folder that another process has, and takes it once that process is killed', async () => {
  const path = await aFolder();
  const other = runProgram('./programs/hold-data-folder.ts', { args: [path] });
  await other.printed('held');

  await expect(openDataFolder(path)).rejects.toThrow(
    `Another Commons (process ${other.pid}) runs on the folder ${path}: stop it, or set DATA_DIR to another folder.`,
  );
  other.kill('SIGKILL');
  await other.ended;
  const folder = await openDataFolder(path);
  await folder.close();
});

it('takes a folder whose lock names a process that is another by now', async () => {
  const path = await aFolder();
  await writeFile(join(path, 'commons.lock'), `${process.pid} an-earlier-boot 123`);

  const folder = await openDataFolder(path);
  await folder.close();
});

it('makes each secret once, for its owner only', async () => {
  const file = join(await aFolder(), 'secrets.json');

  const first = await loadSecrets(file, { one: 64 });
  const second = await loadSecrets(file, { one: 64, two: 32 });

  expect(second).toEqual({ one: first.one, two: expect.any(String) });
  expect(Object.values(second).map((secret) => Buffer.from(secret, 'base64').length)).toEqual([64, 32]);
  expect(second.two).not.toBe(second.one);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('refuses damaged secrets', async () => {
  const file = join(await aFolder(), 'secrets.json');
  await writeFile(file, '{"one":');

  await expect(loadSecrets(file, { one: 64 })).rejects.toThrow(
    `The file ${file} is damaged: restore it from a copy, or set DATA_DIR to another folder.`,
  );
});

it('counts what a start that was cut off left behind for nothing', async () => {
  const path = await aFolder();
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'commons.json.4711'), '{');

  const folder = await openDataFolder(path);
  await folder.close();
});
