import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runShown } from '../run.ts';
import { isProgram } from './find-programs.ts';

/** Programs of the system that a node runs, and the Debian packages that bring them. */
const packageOf: Readonly<Record<string, string>> = {
  buildah: 'buildah',
  runc: 'runc',
  iptables: 'iptables',
  conntrack: 'conntrack',
  ip: 'iproute2',
  openssl: 'openssl',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
};

const cniFolders = ['/usr/lib/cni', '/opt/cni/bin'];
/** Those of the network's plugins that `network.conflist` names. */
const cniPlugins = ['ptp', 'portmap', 'host-local', 'loopback'];

export type SystemTools = {
  /** The folder of the network's plugins. */
  cniBin: string;
};

/**
 * Sees to it that the system's own tools are there, and installs Debian's packages of those that are missing, when it may. None
 * of these packages starts anything.
 */
export async function findSystemTools(env: NodeJS.ProcessEnv = process.env): Promise<SystemTools> {
  const missing = await missingPackages(env);
  if (missing.length > 0) await installPackages(missing);
  const stillMissing = await missingPackages(env);
  if (stillMissing.length > 0) throw new Error(`Not to be found after their installation: ${stillMissing.join(', ')}.`);
  return { cniBin: (await cniFolder()) ?? '' };
}

/** The first program of that name on the path. */
export async function onPath(program: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  for (const folder of [...(env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    if (folder && (await isProgram(join(folder, program)))) return join(folder, program);
  }
  return undefined;
}

/** Whether this is a Debian, or one of its children, on which we may install. */
export async function canInstall(): Promise<boolean> {
  const hasApt = await isProgram('/usr/bin/apt-get');
  const isDebian = await access('/etc/debian_version').then(
    () => true,
    () => false,
  );
  return hasApt && isDebian && process.getuid?.() === 0;
}

async function missingPackages(env: NodeJS.ProcessEnv): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, name] of Object.entries(packageOf)) {
    if ((await onPath(program, env)) === undefined) missing.add(name);
  }
  if ((await cniFolder()) === undefined) missing.add('containernetworking-plugins');
  return [...missing];
}

async function cniFolder(): Promise<string | undefined> {
  for (const folder of cniFolders) {
    const found = await Promise.all(cniPlugins.map((plugin) => isProgram(join(folder, plugin))));
    if (found.every(Boolean)) return folder;
  }
  return undefined;
}

async function installPackages(names: string[]): Promise<void> {
  if (!(await canInstall())) {
    throw new Error(
      `A node needs ${names.join(', ')}. Install them (these are the names of Debian's packages), and try again.`,
    );
  }
  console.error(`installing ${names.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runShown('apt-get', ['-qq', 'update'], env);
  await runShown('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...names], env);
}
