import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchProblem } from '../launch-problem.ts';
import { startOf } from '../processes/running-process.ts';

export const lockName = 'commons.lock';

/**
 * Takes a folder for this process alone. A lock whose process has ended counts for nothing.
 * @returns the function that gives the folder back
 * @throws LaunchProblem when another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, lockName);
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, `${process.pid} ${await startOf(process.pid)}`, { mode: 0o600 });
  try {
    while (!(await tryLink(mine, file))) await dropStaleLock(folder, file);
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(file, { force: true });
}

/** A hard link is made whole or not at all, and only one process makes it. */
async function tryLink(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function dropStaleLock(folder: string, file: string): Promise<void> {
  const held = await readFile(file, 'utf8').catch(() => undefined);
  if (held === undefined) return;
  const [pid = '', ...start] = held.split(' ');
  if (start.length > 0 && (await startOf(Number(pid))) === start.join(' ')) {
    throw new LaunchProblem(
      `Another Commons (process ${pid}) runs on the folder ${folder}: stop it, or set DATA_DIR to another folder.`,
    );
  }
  const aside = `${file}.stale.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  // Someone may have taken it between the look and the move: then it is put back.
  const moved = await readFile(aside, 'utf8').catch(() => held);
  if (moved !== held) await tryLink(aside, file);
  await rm(aside, { force: true });
}
