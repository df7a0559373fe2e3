import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LaunchProblem } from '../launch-problem.ts';

export type LocateOptions = { env: NodeJS.ProcessEnv; say: (line: string) => void };

/** A program and what its environment has to have beside the usual. */
export type LocatedProgram = { command: string; env: NodeJS.ProcessEnv };

export async function locateRedis({ env }: LocateOptions): Promise<LocatedProgram> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const command = join(folder, 'redis-server');
    if (folder !== '' && (await isProgram(command))) return { command, env: {} };
  }
  throw new LaunchProblem('There is no Redis here: install Redis so that redis-server is on the PATH.');
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
