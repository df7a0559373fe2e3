import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const oldestMajor = 6;

/** A redis-server, and what it needs in its environment beside the usual. */
export type RedisProgram = { command: string; env: NodeJS.ProcessEnv };

/** The version that a redis-server answers, e.g. `7.0.15`; nothing when it does not run here or is too old for the platform. */
export async function redisVersion({ command, env }: RedisProgram): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['--version'], { timeout: 10_000, env: { ...process.env, ...env } });
    const version = /v=(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version !== undefined && Number.parseInt(version, 10) >= oldestMajor ? version : undefined;
  } catch {
    return undefined;
  }
}
