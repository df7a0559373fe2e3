import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parts from '@commons/launcher/parts';

/** A certificate authority: the sidecars that it knows prove to each other who they are. */
export type Sentry = {
  /** What a sidecar is started with. */
  options: Record<string, string>;
  env: NodeJS.ProcessEnv;
  close(): Promise<void>;
};

export async function startSentry(): Promise<Sentry> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-sentry-'));
  const sentry = await parts.startSentry({ dataDir: folder, say: console.error });
  return {
    options: sentry.args,
    env: sentry.env,
    close: async () => {
      await sentry.stop();
      await rm(folder, { recursive: true });
    },
  };
}
