import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run.ts';
import { cacheFolder, isProgram } from './find-programs.ts';
import { canInstall, onPath } from './system-tools.ts';

export type NodeDaemons = { etcd: string; containerd: string; ctr: string };

/**
 * The paths of the store and the container runtime: the system's, or those of Debian's packages laid out in the cache. Those
 * packages are not installed, for that would start a service of each on the machine.
 */
export async function findNodeDaemons(env: NodeJS.ProcessEnv = process.env): Promise<NodeDaemons> {
  const etcd = (await onPath('etcd', env)) ?? (await fromPackage('etcd-server', 'etcd', env));
  const containerd = (await onPath('containerd', env)) ?? (await fromPackage('containerd', 'containerd', env));
  const ctr = join(dirname(containerd), 'ctr');
  if (!(await isProgram(ctr))) throw new Error(`There is no ctr beside ${containerd}.`);
  return { etcd, containerd, ctr };
}

async function fromPackage(name: string, program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(cacheFolder(env), 'debian', name);
  const path = join(folder, 'usr', 'bin', program);
  if (await isProgram(path)) return path;
  if (!(await canInstall()))
    throw new Error(`A node needs ${program}. Install it (Debian's package is ${name}), and try again.`);

  console.error(`fetching Debian's ${name} into ${folder}`);
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.part-`);
  try {
    await layOut(name, partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return path;
}

async function layOut(name: string, folder: string): Promise<void> {
  const download = () => run('apt-get', ['-qq', '-o', 'APT::Sandbox::User=root', 'download', name], { cwd: folder });
  await download().catch(async () => {
    await run('apt-get', ['-qq', 'update'], { timeoutMs: 300_000 });
    await download();
  });
  const [archive = ''] = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
  await run('dpkg-deb', ['--extract', join(folder, archive), folder]);
  await rm(join(folder, archive));
}
