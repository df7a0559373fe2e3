import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTROL_GROUP, CONTROL_GROUPS } from './layout.ts';

/** As many as a program outside has, times this. */
const SHARES = 8;

/**
 * Gives all pods together the processor for as long as a handful of programs outside. Without it they have together what one program has, as
 * they are in one control group: a busy shell on the machine would have a share as large as the platform.
 * @param folder where the kernel's control groups are
 */
export async function weighPods(folder = CONTROL_GROUPS): Promise<void> {
  const isUnified = await stat(join(folder, 'cgroup.controllers')).then(
    () => true,
    () => false,
  );
  const pods = join(folder, ...(isUnified ? [] : ['cpu']), CONTROL_GROUP);
  await mkdir(pods, { recursive: true });
  await writeFile(join(pods, isUnified ? 'cpu.weight' : 'cpu.shares'), String(SHARES * (isUnified ? 100 : 1024)));
}
