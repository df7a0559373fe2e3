import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isRunning } from './running-process.ts';

export type LeftoverOptions = {
  pidFile: string;
  /** What its command line names if it is ours: the folder that it works on. */
  folder: string;
  /** How long it may take to end by itself, and then again when asked. */
  patienceMs?: number;
};

/**
 * Ends a program that an earlier run left behind on the same folder. Normally its guardian is just ending it, so it first gets
 * the time for that; then it is asked, and at last killed.
 */
export async function endLeftover({ pidFile, folder, patienceMs = 15_000 }: LeftoverOptions): Promise<void> {
  const pid = await readPid(pidFile);
  if (pid === undefined) return;
  const line = await commandLine(pid);
  // Without a command line it is ending just now, and may still hold its port.
  const isOurs = line.includes(folder);
  if (!isOurs && line !== '') return;
  const isGone = await waitUntilGone(pid, patienceMs / 5);
  if (!isGone && isOurs) {
    kill(pid, 'SIGTERM');
    if (!(await waitUntilGone(pid, patienceMs))) kill(pid, 'SIGKILL');
    await waitUntilGone(pid, patienceMs);
  }
  await rm(pidFile, { force: true });
}

async function readPid(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (await isRunning(pid)) {
    if (Date.now() > end) return false;
    await delay(25);
  }
  return true;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}
