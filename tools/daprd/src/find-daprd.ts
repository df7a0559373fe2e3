import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildDaprProgram } from './build-dapr-program.ts';
import type { DaprProgram } from './build-dapr-program.ts';

/** The version that the platform is written for: go.mod builds it, and the conformance suite measures by it. */
export const DAPRD_VERSION = '1.18.0';

export type FindDaprdOptions = {
  /** Where DAPRD, DAPR_SENTRY, PATH, HOME and XDG_CACHE_HOME are read from. Default: the process's. */
  env?: NodeJS.ProcessEnv;
  /** Where a built program is kept, a folder a version. Default: `$XDG_CACHE_HOME/commons` or `~/.cache/commons`. */
  cacheDir?: string;
  /** Makes the program when none is found. Default: `go build`, some minutes. */
  build?: (target: string) => Promise<void>;
  /** Tells the user what takes long. Default: stderr. */
  say?: (line: string) => void;
};

/**
 * The path of a daprd of `DAPRD_VERSION`'s minor version: `$DAPRD` (of whatever version), the path, `~/.dapr/bin`, what was built
 * before, and else builds it. Rejects when `$DAPRD` names no program, or nothing is found and Go is not installed.
 */
export async function findDaprd(options: FindDaprdOptions = {}): Promise<string> {
  const { env = process.env } = options;
  const named = env['DAPRD'];
  if (named) return checked('DAPRD', named);

  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), join(homeOf(env), '.dapr', 'bin')];
  for (const folder of folders) {
    const candidate = join(folder, 'daprd');
    if ((await isProgram(candidate)) && (await hasOurVersion(candidate))) return candidate;
  }
  return builtProgram('daprd', options);
}

/**
 * The path of Dapr's certificate authority, which gives sidecars their identities: `$DAPR_SENTRY`, what was built before, and else
 * builds it. An installed one is not looked for: it does not tell its version.
 */
export async function findSentry(options: FindDaprdOptions = {}): Promise<string> {
  const named = (options.env ?? process.env)['DAPR_SENTRY'];
  return named ? checked('DAPR_SENTRY', named) : builtProgram('sentry', options);
}

async function builtProgram(program: DaprProgram, options: FindDaprdOptions): Promise<string> {
  const { env = process.env, say = console.error, cacheDir = cacheOf(env) } = options;
  const target = join(cacheDir, `daprd-${DAPRD_VERSION}-sqlite`, program);
  const { build = (path: string) => buildDaprProgram(program, DAPRD_VERSION, path, say) } = options;
  if (!(await isProgram(target))) await build(target);
  return target;
}

function cacheOf(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homeOf(env), '.cache'), 'commons');
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return env['HOME'] ?? homedir();
}

async function checked(variable: string, path: string): Promise<string> {
  if (await isProgram(path)) return path;
  throw new Error(`${variable} is ${path}, which is no program`);
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
