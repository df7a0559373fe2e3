import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { findDaprd } from '@commons/daprd';
import { expect, it } from '@jest/globals';
import { findFreePort } from '../../src/processes/free-port.ts';
import { isAlive } from '../../src/processes/running-process.ts';
import { startGuarded } from '../../src/processes/start-guarded.ts';
import { startSentry } from '../../src/sentry/start-sentry.ts';
import type { RunningSentry } from '../../src/sentry/start-sentry.ts';
import { runProgram } from '../run-program.ts';
import { aFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { descendantsOf } from './descendants.ts';

const limitMs = 120_000;

it(
  'is believed again after a restart, by sidecars that ran on and by new ones',
  async () => {
    const dataDir = await aFolder();
    const first = await startSentry({ dataDir });
    const callee = await startSidecar(`callee-${process.pid}`, first);
    const caller = await startSidecar(`caller-${process.pid}`, first);
    const before = await caller.invoke(callee);
    process.kill(Number(await readFile(join(dataDir, 'sentry.pid'), 'utf8')), 'SIGKILL');
    await first.exited;
    const meanwhile = await caller.invoke(callee);

    const second = await startSentry({ dataDir });
    const newcomer = await startSidecar(`newcomer-${process.pid}`, second);
    const after = [await caller.invoke(callee), await newcomer.invoke(callee), await callee.invoke(newcomer)];
    await Promise.all([callee, caller, newcomer, second].map((each) => each.stop()));

    expect({ before, meanwhile, after }).toEqual({ before: 200, meanwhile: 200, after: [200, 200, 200] });
    expect({ env: second.env, args: second.args, port: second.port }).toEqual({
      env: first.env,
      args: first.args,
      port: first.port,
    });
  },
  limitMs,
);

it('makes new keys where the old ones are cut off', async () => {
  const dataDir = await aFolder();
  await mkdir(join(dataDir, 'keys'));
  await writeFile(join(dataDir, 'keys', 'ca.crt'), '-----BEGIN CERTI');

  const sentry = await startSentry({ dataDir });
  await sentry.stop();

  expect(sentry.env.DAPR_TRUST_ANCHORS).toContain('-----END CERTIFICATE-----');
});

it(
  'leaves nothing behind when its launcher is killed',
  async () => {
    const launcher = runProgram('./programs/hold-sentry.ts', { args: [await aFolder()] });
    await launcher.printed('127.0.0.1:');
    const started = await descendantsOf(launcher.pid);

    launcher.kill('SIGKILL');
    await until(() => !started.some(isAlive));

    expect(started).toHaveLength(2);
  },
  limitMs,
);

type Sidecar = { appId: string; invoke(other: Sidecar): Promise<number>; stop(): Promise<void> };

/** A sidecar with an app that answers everything, found by the address that the caller names. */
async function startSidecar(appId: string, sentry: RunningSentry): Promise<Sidecar> {
  const folder = await aFolder();
  const app = createServer((_request, response) => response.end('ok'));
  const [appPort, httpPort, grpcPort, internalPort] = await freePorts(4);
  app.listen(appPort, '127.0.0.1');
  const options = {
    'app-id': appId,
    'app-port': appPort,
    'dapr-http-port': httpPort,
    'dapr-grpc-port': grpcPort,
    'dapr-internal-grpc-port': internalPort,
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-internal-grpc-listen-address': '127.0.0.1',
    'enable-metrics': 'false',
    ...sentry.args,
  };
  const daprd = startGuarded({
    command: await findDaprd(),
    args: Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    env: { ...process.env, ...sentry.env, NAMESPACE: 'default', DAPR_HOST_IP: '127.0.0.1' },
    logFile: join(folder, 'daprd.log'),
    pidFile: join(folder, 'daprd.pid'),
  });
  const sidecar = {
    appId,
    invoke: async (other: Sidecar) =>
      (await fetch(`http://127.0.0.1:${httpPort}/v1.0/invoke/${other.appId}/method/hello`)).status,
    stop: async () => {
      await daprd.stop();
      app.close();
    },
  };
  await until(async () => (await statusOf(`http://127.0.0.1:${httpPort}/v1.0/healthz`)) === 204);
  return sidecar;
}

async function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => findFreePort()));
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );
}
