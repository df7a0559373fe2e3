import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildDaprd } from './build-daprd.ts';

/** The version that the platform is written for: go.mod builds it, and the conformance suite measures by it. */
export const DAPRD_VERSION = '1.18.0';

export type FindDaprdOptions = {
  /** Where DAPRD, PATH and HOME are read from. Default: the process's. */
  env?: NodeJS.ProcessEnv;
  /** Where a built daprd is kept, a folder a version. Default: `~/.cache/commons`. */
  cacheDir?: string;
  /** Makes the program when none is found. Default: `go build`, some minutes. */
  build?: (target: string) => Promise<void>;
};

/**
 * The path of a daprd of `DAPRD_VERSION`'s minor version: `$DAPRD` (of whatever version), the path, `~/.dapr/bin`, what was built
 * before, and else builds it. Rejects when `$DAPRD` names no program, or nothing is found and Go is not installed.
 */
export async function findDaprd(options: FindDaprdOptions = {}): Promise<string> {
  const { env = process.env, build = buildDaprd } = options;
  const home = env['HOME'] ?? homedir();

  const named = env['DAPRD'];
  if (named) {
    if (await isProgram(named)) return named;
    throw new Error(`DAPRD is ${named}, which is no program`);
  }

  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), join(home, '.dapr', 'bin')];
  for (const folder of folders) {
    const candidate = join(folder, 'daprd');
    if ((await isProgram(candidate)) && (await hasOurVersion(candidate))) return candidate;
  }

  const cached = join(options.cacheDir ?? join(home, '.cache', 'commons'), `daprd-${DAPRD_VERSION}`, 'daprd');
  if (!(await isProgram(cached))) await build(cached);
  return cached;
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Dapr changes what it answers between minor versions, not between patches. */
async function hasOurVersion(daprd: string): Promise<boolean> {
  const minor = DAPRD_VERSION.split('.').slice(0, 2).join('.');
  try {
    const { stdout } = await promisify(execFile)(daprd, ['--version'], { timeout: 10_000 });
    return stdout.trim().startsWith(`${minor}.`);
  } catch {
    return false;
  }
}
