import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine } from './running-process.ts';

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
  const isOurs = async () => (await commandLine(pid)).includes(folder);
  const isGone = await waitUntilGone(isOurs, patienceMs / 5);
  if (!isGone) {
    kill(pid, 'SIGTERM');
    if (!(await waitUntilGone(isOurs, patienceMs))) kill(pid, 'SIGKILL');
    await waitUntilGone(isOurs, patienceMs);
  }
  await rm(pidFile, { force: true });
}

async function readPid(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

async function waitUntilGone(isThere: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (await isThere()) {
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
