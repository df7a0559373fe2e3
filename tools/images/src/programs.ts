import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
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

const PARTS_OF_LIBC = ['libresolv.so.2', 'librt.so.1', 'libutil.so.1', 'libnss_dns.so.2', 'libnss_files.so.2'];

/** The other libraries that come with a program's libc: packages with native parts are linked to them. */
export async function restOfLibc(program: string): Promise<string[]> {
  const libc = (await librariesOf(program)).find((path) => path.endsWith('/libc.so.6'));
  if (libc === undefined) return [];
  const paths = PARTS_OF_LIBC.map((name) => join(dirname(libc), name));
  const areThere = await Promise.all(paths.map((path) => isFile(path)));
  return paths.filter((_, index) => areThere[index]);
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

function isFile(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
