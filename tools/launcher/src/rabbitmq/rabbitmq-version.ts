import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const oldest = { major: 3, minor: 10 };

export type RabbitmqProgram = {
  /** RabbitMQ's plain start script. */
  server: string;
  /** What it runs in; Erlang is on its PATH. */
  env: { PATH: string; LD_LIBRARY_PATH?: string };
};

/**
 * The version of a RabbitMQ by the folder that its start script is in, e.g. `3.10.8`; nothing when it has no Erlang, is too old for
 * the platform, or is a script of Debian's that changes the user.
 */
export async function rabbitmqVersion({ server, env }: RabbitmqProgram): Promise<string | undefined> {
  try {
    const version = /rabbitmq(?:_server-|\/)(\d+)\.(\d+)\.\d+/.exec(await realpath(server));
    if (version === null || !isNewEnough(Number(version[1]), Number(version[2]))) return undefined;
    await run('erl', ['+V'], { timeout: 10_000, env: { ...process.env, ...env } });
    return /\d.*/.exec(version[0])?.[0];
  } catch {
    return undefined;
  }
}

function isNewEnough(major: number, minor: number): boolean {
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}
