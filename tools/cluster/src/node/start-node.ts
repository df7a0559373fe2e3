import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath } from '../programs/system-tools.ts';
import { makeCertificates } from './certificates.ts';
import { json, kubeconfigFor } from './kubeconfig.ts';
import { addresses } from './layout.ts';
import type { Layout } from './layout.ts';
import { configFiles } from './node-config.ts';
import { nodeParts } from './parts.ts';
import type { NodePrograms } from './parts.ts';
import { isNodeRunning, stopNode } from './stop-node.ts';

export type NodeOptions = {
  layout: Layout;
  programs: NodePrograms;
  cniBin: string;
  apiPort: number;
  ingressPort: number;
};

/**
 * Writes what a node is made of into its folder, and starts it, unless it runs and nothing of it has changed.
 * @returns whether it was started
 */
export async function startNode({ layout, programs, cniBin, apiPort, ingressPort }: NodeOptions): Promise<boolean> {
  await claimFolder(layout);
  for (const folder of [layout.certificates, layout.config, layout.logs, layout.etcd, layout.kubelet]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  await makeCertificates(layout.certificates);
  const files = {
    ...configFiles(layout, cniBin),
    ...(await kubeconfigs(layout)),
    'parts.json': json(nodeParts(layout, programs)),
    'ports.json': json({ apiPort, ingressPort }),
  };
  const hasChanged = await writeChanged(layout.config, files);
  await writeFile(
    layout.kubeconfig,
    await kubeconfigFor(layout.certificates, 'admin', `https://127.0.0.1:${apiPort}`),
    {
      mode: 0o600,
    },
  );
  if (!hasChanged && (await isNodeRunning(layout))) return false;

  await stopNode(layout);
  await linkFirewall(layout.bin);
  await spawnKeeper(layout, [String(apiPort), String(ingressPort)], pathFor(layout, programs));
  return true;
}

async function claimFolder({ folder, marker }: Layout): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = await readdir(folder);
  if (files.length > 0 && !files.includes(basename(marker))) {
    throw new Error(
      `${folder} holds something else than a node. Name a folder that is empty or new in COMMONS_CLUSTER_DIR.`,
    );
  }
  await writeFile(marker, '');
}

async function kubeconfigs({ certificates }: Layout): Promise<Record<string, string>> {
  const server = `https://${addresses.node}:${addresses.apiPort}`;
  const holders = ['controller-manager', 'scheduler', 'kubelet', 'kube-proxy'];
  const entries = holders.map(
    async (holder) => [`${holder}.kubeconfig`, await kubeconfigFor(certificates, holder, server)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Writes files into a folder. @returns whether any of them had other contents before */
async function writeChanged(folder: string, files: Record<string, string>): Promise<boolean> {
  let hasChanged = false;
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { mode: 0o600 });
    hasChanged = true;
  }
  return hasChanged;
}

/** The older of the two ways to the kernel's firewall works everywhere; both go by the name that is called. */
async function linkFirewall(bin: string): Promise<void> {
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin);
  for (const family of ['iptables', 'ip6tables']) {
    for (const suffix of ['', '-save', '-restore']) {
      const legacy = await onPath(`${family}-legacy${suffix}`);
      if (legacy) await symlink(await realpath(legacy), join(bin, `${family}${suffix}`));
    }
  }
}

function pathFor({ bin }: Layout, { containerd }: NodePrograms): string {
  return [bin, dirname(containerd), process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(delimiter);
}

async function spawnKeeper(layout: Layout, ports: string[], path: string): Promise<void> {
  const log = await open(join(layout.logs, 'node.log'), 'a', 0o600);
  const file = fileURLToPath(new URL('./keep-node.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file, layout.folder, ...ports], {
    detached: true,
    cwd: '/',
    env: { PATH: path, LANG: 'C.UTF-8' },
    stdio: ['ignore', log.fd, log.fd],
  });
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error as Error))]);
  child.unref();
  await log.close();
  console.error(`${basename(layout.folder)}: the node's log is ${join(layout.logs, 'node.log')}`);
}
