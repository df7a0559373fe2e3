import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';

it('says in a sentence that the folder is not its own, and fails', async () => {
  const folder = await aFolder();
  await writeFile(join(folder, 'thesis.txt'), 'years of work');

  expect(await runMain({ DATA_DIR: folder })).toEqual({
    code: 1,
    stdout: '',
    stderr: `The folder ${folder} holds files that are not Commons’: set DATA_DIR to an empty or new folder.\n`,
  });
});

it('says in a sentence that the port is in use, and fails', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };

  expect(await runMain({ DATA_DIR: await aFolder(), PORT: String(port) })).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is in use: stop what listens there, or set PORT to another.\n`,
  });
  other.close();
});

it('says in a sentence that a variable is wrong, and fails', async () => {
  expect(await runMain({ DATA_DIR: await aFolder(), PORT: 'eight' })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'The configuration is not usable (PORT: Invalid input: expected number, received NaN): see .env.example for what each variable may be.\n',
  });
});

it('says where it is ready in one line, and stops in order at Ctrl-C, even one that npm passes on once more', async () => {
  const main = runProgram('../src/main.ts', { env: { DATA_DIR: await aFolder(), PORT: '0' } });
  const ready = await main.printed('ready');
  const health = await fetch(`${ready.split(' ').at(-1)}/readyz`);

  main.kill('SIGINT');
  main.kill('SIGINT');

  expect(health.status).toBe(200);
  expect(await main.ended).toEqual({ code: 0, stdout: `${ready}\n`, stderr: 'Stopping …\n' });
  expect(ready).toMatch(/^Commons is ready at http:\/\/localhost:\d+$/);
}, 60_000);

function runMain(env: NodeJS.ProcessEnv) {
  return runProgram('../src/main.ts', { env }).ended;
}
