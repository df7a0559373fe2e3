import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export type GuardedOptions = {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Holds the program's process id while it runs. */
  pidFile: string;
  /** How long the program may take to end before it is killed. */
  patienceMs?: number;
} & (
  | { /** Takes what the program prints. */ logFile: string }
  | { /** Takes each line that it prints. */ onLine: (line: string) => void }
);

export type GuardedProcess = {
  /** The program's exit code, when it has ended for whatever reason. */
  exited: Promise<number>;
  /** Ends the program and waits until it is gone. */
  stop(): Promise<void>;
};

/**
 * Starts a program that does not outlive this process, however this process ends. It is in a session of its own, so that
 * a Ctrl-C in the terminal reaches this process alone, which then stops things in order.
 */
export function startGuarded({
  command,
  args,
  env = process.env,
  pidFile,
  patienceMs = 15_000,
  ...output
}: GuardedOptions): GuardedProcess {
  const log = 'logFile' in output ? openSync(output.logFile, 'a', 0o600) : 'pipe';
  const guardian = spawn(
    process.execPath,
    [...nodeFlags, guardianFile, pidFile, String(patienceMs), command, ...args],
    {
      detached: true,
      env,
      stdio: ['pipe', log, log],
    },
  );
  if (typeof log === 'number') closeSync(log);
  if ('onLine' in output) {
    for (const stream of [guardian.stdout, guardian.stderr]) if (stream) eachLine(stream, output.onLine);
  }
  guardian.stdin?.on('error', () => undefined);
  const exited = once(guardian, 'exit').then(([code]: (number | null)[]) => code ?? 1);
  return {
    exited,
    async stop() {
      guardian.stdin?.end();
      await exited;
    },
  };
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take);
}

const nodeFlags = ['--disable-warning=ExperimentalWarning'];
const guardianFile = fileURLToPath(new URL(`./guardian${extname(import.meta.url)}`, import.meta.url));
