import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLeftover } from '../processes/end-leftover.ts';
import { isAlive } from '../processes/running-process.ts';

const memory = '/dev/shm';
const neededBytes = 2 * 1024 ** 3;

/**
 * Makes a folder for a database that no one needs later, in memory where the machine has room for it. Removes those of
 * processes that ended without doing so.
 */
export async function makeTempFolder(): Promise<string> {
  const parent = (await hasRoom(memory)) ? memory : tmpdir();
  await sweep(parent);
  return mkdtemp(join(parent, `commons-mongod-${process.pid}-`));
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > neededBytes;
  } catch {
    return false;
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^commons-mongod-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(parent, name);
    await endLeftover({ pidFile: join(folder, 'mongod.pid'), folder });
    await rm(folder, { recursive: true, force: true });
  }
}
