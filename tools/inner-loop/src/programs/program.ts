import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where programs that were fetched or built once are kept for every clone: `$XDG_CACHE_HOME/commons` or `~/.cache/commons`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'commons');
}

/** Whether there is something that can be run. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first program of that name on the path that `fits`. */
export async function onPath(
  name: string,
  env: NodeJS.ProcessEnv,
  fits: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    if ((await isProgram(candidate)) && (await fits(candidate))) return candidate;
  }
  return undefined;
}
