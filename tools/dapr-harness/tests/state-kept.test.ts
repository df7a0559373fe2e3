import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDaprHarness } from '../src/index.ts';

const RESOURCES = ['state.redis', 'state.in-memory'].map((type) => ({
  kind: 'Component',
  metadata: { name: type.replace('state.', '') },
  spec: { type, version: 'v1', metadata: [] },
}));

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'state-kept-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Runs a harness on the data folder for as long as `work` takes. */
async function withState<T>(work: (url: string) => Promise<T>): Promise<T> {
  const harness = await createDaprHarness({ resources: RESOURCES, apps: [{ id: 'app' }], dataDir });
  try {
    return await work(`${harness.sidecar('app').url}/v1.0/state`);
  } finally {
    await harness.close();
  }
}

const save = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) });

it('keeps the state of Redis over a restart, with its etags, and that in memory not', async () => {
  await withState(async (url) => {
    await save(`${url}/redis`, [{ key: 'kept', value: { n: 1 } }]);
    await save(`${url}/redis`, [{ key: 'kept', value: { n: 2 } }]);
    await save(`${url}/in-memory`, [{ key: 'lost', value: 1 }]);
  });

  const seen = await withState(async (url) => {
    const kept = await fetch(`${url}/redis/kept`);
    const stale = await save(`${url}/redis`, [{ key: 'kept', value: 3, etag: '1' }]);
    const current = await save(`${url}/redis`, [{ key: 'kept', value: 3, etag: '2' }]);
    const lost = await fetch(`${url}/in-memory/lost`);
    return [await kept.json(), kept.headers.get('etag'), stale.status, current.status, lost.status];
  });

  expect(seen).toEqual([{ n: 2 }, '2', 409, 204, 204]);
});

it('keeps a transaction over a restart', async () => {
  await withState((url) =>
    save(`${url}/redis/transaction`, {
      operations: [
        { operation: 'upsert', request: { key: 'one', value: 1 } },
        { operation: 'upsert', request: { key: 'two', value: 2, metadata: { ttlInSeconds: '100' } } },
      ],
    }),
  );

  const seen = await withState(async (url) => (await save(`${url}/redis/bulk`, { keys: ['one', 'two'] })).json());

  expect(seen).toEqual([
    { key: 'one', data: 1, etag: '1' },
    { key: 'two', data: 2, etag: '1' },
  ]);
});
