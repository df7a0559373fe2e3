import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSentry } from '@commons/daprd';
import { send } from './client.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './free-ports.ts';
import { configuration } from './resources.ts';

/** A certificate authority: the sidecars that it knows prove to each other who they are. */
export type Sentry = {
  /** What a sidecar is started with. */
  options: Record<string, string>;
  env: NodeJS.ProcessEnv;
  close(): Promise<void>;
};

const TRUST_DOMAIN = 'localhost';

export async function startSentry(): Promise<Sentry> {
  const [port = 0, healthPort = 0] = await freePorts(2);
  const folder = await mkdtemp(join(tmpdir(), 'conformance-sentry-'));
  const config = join(folder, 'sentry.yaml');
  await writeFile(config, configuration('sentry', { mtls: { enabled: true, controlPlaneTrustDomain: TRUST_DOMAIN } }));
  const options = {
    config,
    'issuer-credentials': folder,
    'trust-domain': TRUST_DOMAIN,
    'listen-address': '127.0.0.1',
    port,
    'healthz-listen-address': '127.0.0.1',
    'healthz-port': healthPort,
    'enable-metrics': 'false',
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const sentry = spawn(await findSentry(), args, { stdio: 'ignore' });
  const kill = () => sentry.kill('SIGKILL');
  process.once('exit', kill);
  await eventually(async () => {
    const { status } = await send(`http://127.0.0.1:${healthPort}/healthz`);
    if (status !== 200) throw new Error(`sentry answers ${status}`);
  });
  return {
    options: {
      'enable-mtls': 'true',
      'sentry-address': `127.0.0.1:${port}`,
      'control-plane-trust-domain': TRUST_DOMAIN,
    },
    env: { DAPR_TRUST_ANCHORS: await readFile(join(folder, 'ca.crt'), 'utf8') },
    close: async () => {
      process.off('exit', kill);
      const ended = once(sentry, 'exit');
      kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
