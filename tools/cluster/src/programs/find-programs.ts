import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildModule } from './build-module.ts';
import type { GoModule } from './go-modules.ts';

export type FindOptions = {
  /** Where HOME and the folders of programs are read from. Default: the process's. */
  env?: NodeJS.ProcessEnv;
  /** Where programs are kept, a folder a version. Default: `~/.cache/commons`. */
  cacheDir?: string;
  /** Makes the programs when they are not there. Default: `go build`, some minutes. */
  build?: (module: GoModule, target: string) => Promise<void>;
};

/**
 * The paths of a module's programs: in the folder that `COMMONS_<NAME>_BIN` names (of whatever version), or in the cache, where
 * they are built when they are missing. Rejects when a named folder lacks one, or nothing can be built.
 */
export async function findPrograms<M extends GoModule>(
  module: M,
  { env = process.env, cacheDir = cacheFolder(env), build = buildModule }: FindOptions = {},
): Promise<Record<keyof M['packages'] & string, string>> {
  const variable = `COMMONS_${module.name.toUpperCase()}_BIN`;
  const named = env[variable];
  const folder = named ? named : join(cacheDir, `${module.name}-${module.version}`);
  const missing = await missingPrograms(module, folder);
  if (missing.length > 0 && named)
    throw new Error(`${variable} is ${named}, which does not hold ${missing.join(', ')}`);
  if (missing.length > 0) await build(module, folder);

  const paths = Object.keys(module.packages).map((program) => [program, join(folder, program)]);
  return Object.fromEntries(paths) as Record<keyof M['packages'] & string, string>;
}

/** Where programs are kept that were fetched or built once. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['HOME'] ?? homedir(), '.cache', 'commons');
}

/** Whether there is a program at a path that may be run. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function missingPrograms(module: GoModule, folder: string): Promise<string[]> {
  const programs = Object.keys(module.packages);
  const found = await Promise.all(programs.map((program) => isProgram(join(folder, program))));
  return programs.filter((_program, index) => !found[index]);
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
