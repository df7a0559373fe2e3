import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs that were fetched or built once are kept for every clone: `$XDG_CACHE_HOME/commons` or `~/.cache/commons`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'commons');
}
