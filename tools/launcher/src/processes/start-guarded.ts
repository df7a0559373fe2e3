import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export type GuardedOptions = {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Takes what the program prints. */
  logFile: string;
  /** Holds the program's process id while it runs. */
  pidFile: string;
  /** How long the program may take to end before it is killed. */
  patienceMs?: number;
};

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
  logFile,
  pidFile,
  patienceMs = 15_000,
}: GuardedOptions): GuardedProcess {
  const log = openSync(logFile, 'a', 0o600);
  const guardian = spawn(
    process.execPath,
    [...nodeFlags, guardianFile, pidFile, String(patienceMs), command, ...args],
    {
      detached: true,
      env,
      stdio: ['pipe', log, log],
    },
  );
  closeSync(log);
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

const nodeFlags = ['--disable-warning=ExperimentalWarning'];
const guardianFile = fileURLToPath(new URL(`./guardian${extname(import.meta.url)}`, import.meta.url));
