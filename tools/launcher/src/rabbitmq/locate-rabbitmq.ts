import { readdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { fetchPart, librariesOf } from '../debian-packages/fetch-part.ts';
import type { FetchPackages } from '../debian-packages/fetch-part.ts';
import { findCached } from '../program-cache/program-cache.ts';
import { rabbitmqVersion } from './rabbitmq-version.ts';
import type { RabbitmqProgram } from './rabbitmq-version.ts';

export type LocateRabbitmqOptions = {
  env: NodeJS.ProcessEnv;
  /** Tells the user what takes long. */
  say: (line: string) => void;
  /** Folders in which an installed one is looked for. Default: the PATH, and where Debian and Homebrew put it. */
  installedIn?: readonly string[] | undefined;
  fetch?: FetchPackages;
};

const packages = { name: 'rabbitmq-server', own: /^(erlang-|libsctp)/ };
const usualFolders = ['/usr/lib/rabbitmq/bin', '/opt/homebrew/sbin', '/usr/local/sbin'];

/**
 * Finds a RabbitMQ that runs on this machine: an installed one, then one in the cache; if there is none, fetches one there.
 * @throws LaunchProblem when there is none to be had
 */
export async function locateRabbitmq({
  env,
  say,
  installedIn,
  fetch,
}: LocateRabbitmqOptions): Promise<RabbitmqProgram> {
  const path = env['PATH'] ?? '';
  for (const folder of installedIn ?? [...path.split(delimiter), ...usualFolders]) {
    const program = { server: join(folder, 'rabbitmq-server'), env: { PATH: path } };
    if (folder !== '' && (await rabbitmqVersion(program)) !== undefined) return program;
  }
  const cache = {
    folder: join(cacheFolder(env), 'rabbitmq'),
    versionIn: async (folder: string) => rabbitmqVersion(await programIn(folder, path)),
  };
  const found = await findCached(cache);
  if (found !== undefined) return programIn(found, path);
  const advice = 'install RabbitMQ 3.10 or later so that rabbitmq-server is on the PATH.';
  const options = { name: 'RabbitMQ', cache, packages, advice, env, say, prepare: makeErlangMovable };
  return programIn(await fetchPart({ ...options, ...(fetch && { fetch }) }), path);
}

async function programIn(folder: string, path: string): Promise<RabbitmqProgram> {
  return {
    server: join(folder, 'usr', 'lib', 'rabbitmq', 'bin', 'rabbitmq-server'),
    env: { PATH: [join(folder, erlang, 'bin'), path].join(delimiter), ...(await librariesOf(folder)) },
  };
}

const erlang = join('usr', 'lib', 'erlang');

/** Debian's `erl` knows only the place where it would be installed; ours goes by where it is. */
async function makeErlangMovable(folder: string): Promise<void> {
  const emulator = (await readdir(join(folder, erlang))).find((name) => name.startsWith('erts-'));
  const script = join(folder, erlang, 'bin', 'erl');
  await rm(script, { force: true });
  await writeFile(script, startScript(emulator ?? 'erts'), { mode: 0o755 });
}

function startScript(emulator: string): string {
  return [
    '#!/bin/sh',
    'ROOTDIR=$(dirname "$(dirname "$(readlink -f "$0")")")',
    `BINDIR=$ROOTDIR/${emulator}/bin`,
    'EMU=beam',
    'PROGNAME=erl',
    'export ROOTDIR BINDIR EMU PROGNAME',
    'exec "$BINDIR/erlexec" "$@"',
    '',
  ].join('\n');
}
