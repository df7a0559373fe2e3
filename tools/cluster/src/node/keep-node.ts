/**
 * The process that a node hangs on: it starts the node's first process in new namespaces, and gives the machine's ports to it.
 * When it ends, however it ends, the node is gone. Arguments: the node's folder, the port of the API, the port of the ingress.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../package-folder.ts';
import { forward } from './forward.ts';
import { addresses, layoutOf, nodeName } from './layout.ts';

const [folder = '', apiPort = '', ingressPort = ''] = process.argv.slice(2);
const layout = layoutOf(folder);
const host = '127.0.0.1';

await forward({ host, port: Number(apiPort) }, { path: layout.apiSocket });
await forward({ host, port: Number(ingressPort) }, { path: layout.ingressSocket });

const supervisor = [
  process.execPath,
  ...process.execArgv,
  fileURLToPath(new URL('./run-parts.ts', import.meta.url)),
  folder,
];
const node = spawn(
  'setpriv',
  [
    ...['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', '--net', '--uts', '--ipc'],
    ...['--pid', '--fork', '--kill-child', '--mount-proc', join(packageFolder(), 'init.sh'), ...supervisor],
  ],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_FOLDER: folder, NODE_ADDRESS: addresses.node, NODE_NAME: nodeName },
  },
);
writeFileSync(layout.pidFile, String(process.pid));
node.once('error', (error) => end(error.message));
node.once('exit', (code, signal) => end(`the node ended with ${code ?? signal ?? 'nothing'}`));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endNode);

/** Ends the first process of the node's namespaces: the kernel then ends all the others, and only then says that it is gone. */
function endNode(): void {
  const [first] = childrenOf(node.pid ?? 0);
  if (first === undefined) node.kill('SIGKILL');
  else process.kill(first, 'SIGKILL');
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function end(reason: string): void {
  console.error(reason);
  rmSync(layout.pidFile, { force: true });
  process.exit(1);
}
