import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parts from '@commons/launcher/parts';
import { freePorts } from './free-ports.ts';
import { targetKind } from './target.ts';

/** A Redis of its own for real sidecars; the harness needs none, and only its address counts. */
export type Redis = { host: string; password: string; close(): Promise<void> };

const password = 'conformance';

export async function startRedis(): Promise<Redis> {
  if (targetKind === 'harness') {
    const [port = 0] = await freePorts(1);
    return { host: `127.0.0.1:${port}`, password, close: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'conformance-redis-'));
  const redis = await parts.startRedis({ dataDir: folder, password, say: console.error });
  return {
    host: redis.host,
    password,
    close: async () => {
      await redis.stop();
      await rm(folder, { recursive: true });
    },
  };
}
