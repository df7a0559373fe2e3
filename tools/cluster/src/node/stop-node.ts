import { readFile, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CONTROL_GROUP, CONTROL_GROUPS } from './layout.ts';
import type { Layout } from './layout.ts';

const patienceMs = 20_000;

/** Whether the process runs that the node hangs on. */
export async function isNodeRunning(layout: Layout): Promise<boolean> {
  return (await keeperOf(layout)) !== undefined;
}

/** Ends the node, and waits until nothing of it runs. Its folder stays. */
export async function stopNode(layout: Layout): Promise<void> {
  const pid = await keeperOf(layout);
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  const end = Date.now() + patienceMs;
  while ((await keeperOf(layout)) !== undefined) {
    if (Date.now() > end) throw new Error(`The node (process ${pid}) does not end. Its log is in ${layout.logs}.`);
    await delay(50);
  }
}

/** Takes away what the kernel and the disk still have of a node that has ended. */
export async function removeNode(layout: Layout): Promise<void> {
  for (const hierarchy of await readdir(CONTROL_GROUPS).catch((): string[] => [])) {
    await removeControlGroup(join(CONTROL_GROUPS, hierarchy, CONTROL_GROUP));
  }
  await removeControlGroup(join(CONTROL_GROUPS, CONTROL_GROUP));
  const files = await readdir(layout.folder).catch((): string[] => []);
  if (files.length > 0 && !files.includes(basename(layout.marker))) {
    throw new Error(`${layout.folder} holds something else than a node, and is left as it is.`);
  }
  await rm(layout.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Control groups go from the leaves to the root; one that still has processes stays. */
async function removeControlGroup(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeControlGroup(join(folder, entry.name));
  await rmdir(folder).catch(() => undefined);
}

/** The process id of the node's keeper, if it is one: ids are given to others in time. */
async function keeperOf({ pidFile, folder }: Layout): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return undefined;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.includes('keep-node') && line.split('\0').includes(folder) ? pid : undefined;
}
