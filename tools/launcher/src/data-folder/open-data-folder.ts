import { mkdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LaunchProblem } from '../launch-problem.ts';
import { lockFolder } from './lock.ts';
import { checkOwner, markFolder } from './marker.ts';

const neededBytes = 512 * 1024 ** 2;

export type DataFolder = {
  path: string;
  mongod: string;
  blobs: string;
  dapr: string;
  logs: string;
  secretsFile: string;
  /** Gives the folder back, so that another start may take it. */
  close(): Promise<void>;
};

export type OpenDataFolderOptions = {
  now?: Date;
  /** How many bytes a folder's disk has left. */
  freeBytes?: (folder: string) => Promise<number>;
};

/**
 * Makes or opens the folder that holds everything a platform keeps, and takes it for this process alone.
 * @throws LaunchProblem when it cannot be used
 */
export async function openDataFolder(
  folder: string,
  { now = new Date(), freeBytes = askDisk }: OpenDataFolderOptions = {},
): Promise<DataFolder> {
  const path = resolve(folder);
  await writing(path, () => makeFolder(path));
  await checkOwner(path);
  await checkSpace(path, freeBytes);
  const unlock = await writing(path, () => lockFolder(path));
  const inside = {
    mongod: join(path, 'mongod'),
    blobs: join(path, 'blobs'),
    dapr: join(path, 'dapr'),
    logs: join(path, 'logs'),
  };
  try {
    if (!(await checkOwner(path))) await markFolder(path, now);
    for (const each of Object.values(inside)) await mkdir(each, { recursive: true });
  } catch (error) {
    await unlock();
    throw error;
  }
  return { path, ...inside, secretsFile: join(path, 'secrets.json'), close: unlock };
}

/** Not by `recursive`, which never comes back where a parent is there but takes no folder, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (!(await isFolder(dirname(path)))) await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function checkSpace(path: string, freeBytes: (folder: string) => Promise<number>): Promise<void> {
  const free = await freeBytes(path);
  if (free >= neededBytes) return;
  const [has, needs] = [free, neededBytes].map((bytes) => `${Math.floor(bytes / 1024 ** 2)} MB`);
  throw new LaunchProblem(
    `The disk of ${path} has ${has} left and Commons needs ${needs}: free some, or set DATA_DIR to another disk.`,
  );
}

async function askDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Turns the system's refusal to write into a sentence. */
async function writing<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EEXIST':
      case 'ENOTDIR':
        throw new LaunchProblem(`There is a file where the folder ${path} should be: set DATA_DIR to a folder.`, {
          cause: error,
        });
      case 'EACCES':
      case 'ENOENT':
      case 'EPERM':
      case 'EROFS':
        throw new LaunchProblem(
          `The folder ${path} cannot be written: change its rights, or set DATA_DIR to another folder.`,
          { cause: error },
        );
      default:
        throw error;
    }
  }
}
