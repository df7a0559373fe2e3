import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';

const installing = 'Installing packages, which takes about a minute the first time …\n';

it('installs what is missing, says so in a line, and is silent when nothing is missing', async () => {
  const repo = await aRepository();

  const first = await repo.setUp();
  const second = await repo.setUp();

  expect(first).toEqual({ code: 0, stdout: installing, stderr: '' });
  expect(second).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await repo.installs()).toBe(1);
});

it('installs again when package-lock.json is another', async () => {
  const repo = await aRepository();
  await repo.setUp();
  await repo.write('package-lock.json', JSON.stringify({ packages: { 'node_modules/left': { version: '2.0.0' } } }));

  const result = await repo.setUp();

  expect(result).toEqual({ code: 0, stdout: installing, stderr: '' });
  expect(await repo.installs()).toBe(2);
});

it('does not install what someone installed by hand', async () => {
  const repo = await aRepository();
  await repo.write('node_modules/.package-lock.json', repo.lock);
  await repo.write('node_modules/node/bin/node', '');

  const result = await repo.setUp();

  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await repo.installs()).toBe(0);
});

it('installs once when two start at once', async () => {
  const repo = await aRepository({ npm: 'while [ ! -e go ]; do :; done' });
  const first = repo.start();
  await first.printed('Installing');
  const second = repo.start();
  await second.printed('Waiting');
  await repo.write('go', '');

  const results = await Promise.all([first.ended, second.ended]);

  expect(results).toEqual([
    { code: 0, stdout: installing, stderr: '' },
    { code: 0, stdout: 'Waiting for another install in this folder …\n', stderr: '' },
  ]);
  expect(await repo.installs()).toBe(1);
});

it('goes on where a killed install left its lock', async () => {
  const repo = await aRepository();
  const { pid } = spawnSync(process.execPath, ['--version']);
  await repo.write('.setup.lock', String(pid));

  const result = await repo.setUp();

  expect(result.code).toBe(0);
  expect(await repo.installs()).toBe(1);
});

it('says what to do when npm fails, and tries again next time', async () => {
  const repo = await aRepository({ npm: 'exit 1' });

  const first = await repo.setUp();
  const second = await repo.setUp();

  const failure = {
    code: 1,
    stdout: installing,
    stderr: 'Commons could not install its packages: see what npm says above, check the network, and run `npm ci`.\n',
  };
  expect([first, second]).toEqual([failure, failure]);
});

it('says what to do when there is no npm', async () => {
  const repo = await aRepository();

  const result = await repo.start({ PATH: await aFolder() }).ended;

  expect(result).toEqual({
    code: 1,
    stdout: installing,
    stderr: 'Commons needs npm to install its packages, and none is on the PATH: install Node 24 with npm.\n',
  });
});

it('is given a package-lock.json that npm ci takes on every platform', async () => {
  const lock = await readFile(new URL('../../../package-lock.json', import.meta.url), 'utf8');
  const { packages } = JSON.parse(lock) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));

  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !names.has(name));

  expect(missing).toEqual([]);
});

/** A repository with the script in it, and an npm that only counts its calls and then does as told. */
async function aRepository({ npm = ':' } = {}) {
  const root = await aFolder();
  const lock = JSON.stringify({
    packages: { '': {}, 'node_modules/left': { version: '1.0.0', integrity: 'sha512-1' } },
  });
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  };
  await write('package.json', '{ "type": "module" }');
  await write('package-lock.json', lock);
  await write('bin/npm', `#!/bin/sh\necho "$@" >> npm-calls\nmkdir -p node_modules/node/bin\n${npm}\n`);
  await chmod(join(root, 'bin/npm'), 0o755);
  await symlink(process.execPath, join(root, 'bin/node'));
  await cp(fileURLToPath(new URL('../../setup.js', import.meta.url)), join(root, 'tools/setup.js'));
  const usual = { PATH: [join(root, 'bin'), process.env['PATH']].join(delimiter) };
  const start = (env: NodeJS.ProcessEnv = usual) => runProgram(join(root, 'tools/setup.js'), { cwd: root, env });
  return {
    lock,
    write,
    start,
    setUp: () => start().ended,
    async installs() {
      const calls = await readFile(join(root, 'npm-calls'), 'utf8').catch(() => '');
      return calls.split('\n').filter((call) => call === 'ci --no-audit --no-fund --loglevel=error').length;
    },
  };
}
