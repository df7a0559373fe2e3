import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mostOutputBytes = 64 * 1024 ** 2;

/** Runs a program of apt's or dpkg's and gives what it prints. */
export type Apt = (program: string, args: readonly string[], cwd?: string) => Promise<string>;

export type AptOptions = {
  /** Where apt keeps what it writes. */
  folder: string;
  /** The machine's lists of packages, or lists of our own, empty as yet. */
  lists: 'system' | 'own';
  env: NodeJS.ProcessEnv;
};

/**
 * Apt as this machine has it set up (sources, keys, proxies), but it takes nothing for installed, needs no rights, and leaves the
 * system as it is.
 * @throws Error where there is no apt
 */
export async function openApt({ folder, lists, env }: AptOptions): Promise<Apt> {
  const usual = { ...env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const configuration = join(folder, 'apt.conf');
  const ownLists = join(folder, 'lists');
  for (const each of [join(ownLists, 'partial'), join(folder, 'cache', 'archives', 'partial')]) {
    await mkdir(each, { recursive: true });
  }
  await writeFile(join(folder, 'status'), '');
  const lines = [
    ...keptLines((await aptOutput('apt-config', ['dump'], { env: usual })).split('\n')),
    setting('Dir::Etc::main', '/dev/null'),
    setting('Dir::Etc::parts', '/dev/null'),
    setting('Dir::State::status', join(folder, 'status')),
    setting('Dir::Cache', join(folder, 'cache')),
    ...(lists === 'own' ? [setting('Dir::State::lists', ownLists)] : []),
    // Else it would hand over to a user that may not write here.
    setting('APT::Sandbox::User', 'root'),
  ];
  await writeFile(configuration, `${lines.join('\n')}\n`);
  return (program, args, cwd) =>
    aptOutput(program, args, { env: { ...usual, APT_CONFIG: configuration }, ...(cwd !== undefined && { cwd }) });
}

function setting(name: string, value: string): string {
  return `${name} "${value}";`;
}

/** All of the machine's settings but the programs that it runs before and after, which are for changes of the system. */
function keptLines(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^(DPkg|APT::Update::(Pre|Post)-Invoke)/i.test(line));
}

async function aptOutput(program: string, args: readonly string[], options: { env: NodeJS.ProcessEnv; cwd?: string }) {
  try {
    return (await run(program, args, { ...options, maxBuffer: mostOutputBytes })).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error(`there is no ${program} here`, { cause: error });
    }
    throw new Error(firstComplaint(error) ?? `${program} failed`, { cause: error });
  }
}

function firstComplaint(error: unknown): string | undefined {
  const { stderr = '' } = error as { stderr?: string };
  return stderr
    .split('\n')
    .find((line) => line.startsWith('E: '))
    ?.slice('E: '.length);
}
