import { readFile, readdir } from 'node:fs/promises';
import { onPath } from '../../src/programs/system-tools.ts';
import { run } from '../../src/run.ts';

/** What a node could leave behind on a machine: what of it there is, and what is the node's. */
export type MachineState = {
  links: string[];
  routes: string[];
  firewall: string[];
  settings: string[];
  folders: string[];
  /** Of these others may come and go meanwhile: only what names the node counts. */
  mounts: string[];
  processes: string[];
  ports: string[];
  controlGroups: string[];
};

const settings = [
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.route_localnet',
  'vm.overcommit_memory',
  'vm.panic_on_oom',
  'kernel.panic',
  'kernel.panic_on_oops',
  'kernel.keys.root_maxkeys',
  'kernel.keys.root_maxbytes',
];
const folders = ['/var/lib', '/var/log', '/run', '/etc'];
const nodeFolders = /^(kubelet|kubernetes|cni|containerd|etcd|pods|containers|netns)$/;

/** Reads the state of the machine, as far as a node in `folder` with these ports could have changed it. */
export async function readMachine(folder: string, ports: readonly number[]): Promise<MachineState> {
  return {
    links: (await lines('ip', ['-brief', 'link'])).map((line) => line.split(/\s/)[0] ?? ''),
    routes: await lines('ip', ['route']),
    firewall: [...(await rules('iptables-save')), ...(await rules('iptables-legacy-save'))],
    settings: await lines('sysctl', settings),
    folders: (await Promise.all(folders.map(inFolder))).flat(),
    mounts: naming(folder, await readFile('/proc/self/mounts', 'utf8')),
    processes: naming(folder, await run('ps', ['-eo', 'args'])),
    ports: (await lines('ss', ['-Hltn'])).filter((line) => ports.some((port) => line.includes(`:${port} `))),
    controlGroups: await lines('find', ['/sys/fs/cgroup', '-maxdepth', '2', '-name', 'k8s.io']),
  };
}

async function inFolder(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => nodeFolders.test(name)).map((name) => `${folder}/${name}`);
}

/** The firewall's rules, without the counters and the dates. */
async function rules(program: string): Promise<string[]> {
  const path = await onPath(program);
  return path === undefined ? [] : (await lines(path, [])).filter((line) => /^[-*]/.test(line));
}

function naming(folder: string, text: string): string[] {
  return text.split('\n').filter((line) => line.includes(folder));
}

async function lines(program: string, args: readonly string[]): Promise<string[]> {
  return (await run(program, args)).split('\n').filter(Boolean);
}
