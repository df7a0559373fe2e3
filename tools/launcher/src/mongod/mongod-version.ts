import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const oldestMajor = 6;

/** The version that a mongod binary answers, e.g. `6.0.5`; nothing when it does not run here or is too old for the platform. */
export async function mongodVersion(binary: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: 10_000 });
    const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version !== undefined && Number.parseInt(version, 10) >= oldestMajor ? version : undefined;
  } catch {
    return undefined;
  }
}
