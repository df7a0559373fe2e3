import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join, sep } from 'node:path';
import { promisify } from 'node:util';

/** The path of a program of this machine; what packages bring to `node_modules` does not count. @throws Error when there is none */
export async function findProgram(name: string, path = process.env['PATH'] ?? ''): Promise<string> {
  const folders = path
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'));
  for (const folder of folders) {
    const file = join(folder, name);
    if (await isProgram(file)) return file;
  }
  throw new Error(`${name} is not installed`);
}

/** The libraries that a program is linked to, and the loader that brings them together. */
export async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ldd', [program]);
  return pathsIn(stdout);
}

/** The files that `ldd` names: `libm.so.6 => /lib/libm.so.6 (0x…)`, and the loader by its path alone. */
export function pathsIn(lddOutput: string): string[] {
  return [...lddOutput.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(0x/gm)].flatMap(([, path]) => path ?? []);
}

function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
