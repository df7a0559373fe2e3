import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { aFolder } from './temp-folder.ts';

/** A folder that stands for a machine: programs in it, and an environment that knows no others. */
export type Machine = {
  folder: string;
  /** Writes a shell script and gives its path. */
  program(name: string, body: string): Promise<string>;
  /** Makes a link and gives its path. */
  link(name: string, target: string): Promise<string>;
  /** The environment with some of the machine's folders as its PATH. */
  env(...path: string[]): { PATH: string; XDG_CACHE_HOME: string };
};

/** A machine with nothing on it. */
export async function aMachine(): Promise<Machine> {
  const folder = await aFolder();
  return {
    folder,
    program: (name, body) => writeProgram(join(folder, name), body),
    async link(name, target) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await symlink(target, join(folder, name));
      return join(folder, name);
    },
    env: (...path) => ({
      PATH: path.map((name) => join(folder, name)).join(':'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    }),
  };
}

/** Writes a shell script and gives its path. */
export async function writeProgram(file: string, body: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}
