/**
 * Proves on a real node, apart from any that runs: Dapr's sidecar beside a pod, calls through it and through the ingress, a part
 * that dies, the whole node that dies, and that nothing is left behind. Needs Linux and root; takes some minutes.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { clusterAt } from '../../src/cluster/cluster.ts';
import { waitFor } from '../../src/cluster/wait-for.ts';
import { down } from '../../src/down.ts';
import { layoutOf } from '../../src/node/layout.ts';
import { findClusterTools } from '../../src/programs/find-kubectl.ts';
import { run } from '../../src/run.ts';
import { up } from '../../src/up.ts';
import { readMachine } from './machine-state.ts';

const folder = join(await mkdtemp(join(tmpdir(), 'prove-')), 'node');
const config = { folder, apiPort: 26444, ingressPort: 28081 };
const ports = [config.apiPort, config.ingressPort];
const layout = layoutOf(folder);
const cluster = clusterAt({ kubeconfig: layout.kubeconfig }, await findClusterTools());
const print = (line: string) => console.log(`  ${line}`);
delete process.env['KUBECONFIG'];
delete process.env['COMMONS_KUBE_CONTEXT'];

const before = await readMachine(folder, ports);
let passed = 0;
try {
  await prove('a node comes up, with Dapr and an ingress controller', () => up(config, print, { isBare: true }));
  await prove('a pod has a sidecar, which calls another, from the outside through the ingress', async () => {
    await cluster.apply('echo.yaml');
    await cluster.rolledOut('echo', 120_000);
    await answers();
    const containers = ['get', 'pods', '-n', 'echo', '-o', 'jsonpath={.items[*].spec.containers[*].name}'];
    assert.equal(await cluster.kubectl(containers), 'echo daprd echo daprd');
  });
  await prove('Kubernetes shows what a pod prints', async () => {
    const log = await cluster.kubectl(['logs', '-n', 'echo', 'deployment/asker', '-c', 'daprd']);
    assert.match(log, /dapr initialized/);
  });
  await prove('a part of the node that dies is started again', async () => {
    await killProcess('kube-apiserver');
    await waitFor('the API server', 60_000, () => cluster.kubectl(['get', '--raw', '/readyz']));
    await answers();
  });
  await prove('a node that died comes back with what ran on it', async () => {
    process.kill(Number(await readFile(layout.pidFile, 'utf8')), 'SIGKILL');
    await up(config, print, { isBare: true });
    await cluster.rolledOut('echo', 180_000);
    await answers();
  });
  await prove('bringing up what is up changes nothing', async () => {
    const pods = ['get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.uid}'];
    const running = await cluster.kubectl(pods);
    await up(config, print, { isBare: true });
    assert.equal(await cluster.kubectl(pods), running);
  });
} finally {
  await down(config, print);
}
await prove('nothing is left of it on the machine', async () => {
  assert.deepEqual(await readMachine(folder, ports), before);
});
console.log(`${passed} passed, 0 failed`);

async function prove(what: string, check: () => Promise<void>): Promise<void> {
  console.log(what);
  await check();
  passed += 1;
}

async function answers(): Promise<void> {
  await waitFor('an answer through the ingress', 60_000, async () => {
    assert.equal(await get('/ask/answerer', 'echo.localhost'), 'asker asked, and heard: answerer\n');
  });
}

async function get(path: string, host: string): Promise<string> {
  const asked = request({ host: '127.0.0.1', port: config.ingressPort, path, headers: { host }, timeout: 15_000 });
  const answer = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject).end();
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
  });
  return text(answer);
}

/** Kills the part of this node, and no other of that name: its arguments name the node's folder. */
async function killProcess(program: string): Promise<void> {
  const processes = (await run('ps', ['-eo', 'pid,args'])).split('\n');
  const own = processes.filter((line) => line.includes(`/${program} `) && line.includes(folder));
  assert.equal(own.length, 1);
  process.kill(Number.parseInt(own[0] ?? '', 10), 'SIGKILL');
}
