/**
 * Runs the parts of a node within its namespaces, and starts a part that ended again. Argument: the node's folder.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { forward } from './forward.ts';
import { addresses, layoutOf } from './layout.ts';
import type { Part } from './parts.ts';
import { weighPods } from './weigh-pods.ts';

const pauseMs = 1000;
const layout = layoutOf(process.argv[2] ?? '');
const ends: (() => void)[] = [];

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    for (const end of ends) end();
    process.exit(0);
  });
}

await weighPods().catch((error: unknown) => console.error(`pods are not weighed: ${String(error)}`));
await listen(layout.apiSocket, addresses.node, addresses.apiPort);
await listen(layout.ingressSocket, addresses.ingress, 80);
const parts = JSON.parse(await readFile(layout.parts, 'utf8')) as Part[];
for (const part of parts) keep(part);

async function listen(socket: string, host: string, port: number): Promise<void> {
  await rm(socket, { force: true });
  await forward({ path: socket }, { host, port });
}

function keep({ name, command, args }: Part): void {
  const log = openSync(join(layout.logs, `${name}.log`), 'a', 0o600);
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  ends.push(() => child.kill());
  child.once('error', (error) => console.error(`${name}: ${error.message}`));
  child.once('exit', (code, signal) =>
    console.error(`${name} ended with ${code ?? signal ?? 'nothing'}, starts again`),
  );
  child.once('close', () => setTimeout(() => keep({ name, command, args }), pauseMs));
}
