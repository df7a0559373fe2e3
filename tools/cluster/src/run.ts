import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

export type RunOptions = {
  env?: NodeJS.ProcessEnv;
  /** What the program reads on its standard input. */
  input?: string;
  cwd?: string;
  timeoutMs?: number;
};

/**
 * Runs a program to its end.
 * @returns what it printed. Rejects, with what it printed as an error, when it fails or takes too long.
 */
export async function run(
  program: string,
  args: readonly string[],
  { env = process.env, input, cwd, timeoutMs = 120_000 }: RunOptions = {},
): Promise<string> {
  const running = promisify(execFile)(program, args, { env, cwd, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin?.on('error', () => undefined).end(input ?? '');
  try {
    return (await running).stdout;
  } catch (error) {
    throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Runs a program whose output the user is to see, on stderr. */
export async function runShown(program: string, args: readonly string[], env = process.env): Promise<void> {
  const child = spawn(program, args, { env, stdio: ['ignore', 2, 2] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${code ?? 'a signal'}`);
}

function reasonOf(error: unknown): string {
  const { stderr, killed, message } = error as { stderr?: string; killed?: boolean; message: string };
  if (killed) return 'took too long';
  return stderr?.trim() || message;
}
