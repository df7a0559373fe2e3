import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { post, send } from './target/client.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const APP = 'components-app';
const OTHER = 'components-other';

let folder: string;
let target: Target;

/** A pub/sub to which an app may publish only what the value of its metadata says. */
const scopedBy = (name: string, item: object, more: object = {}) =>
  stringify({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'pubsub.in-memory', version: 'v1', metadata: [{ name: 'publishingScopes', ...item }] },
    ...more,
  });

const statusOf = async (pubsub: string, topic: string, app = APP) =>
  (await post(`${target.url(app)}/v1.0/publish/${pubsub}/${topic}`, {})).status;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-components-'));
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify({ scopes: `${APP}=by-secret`, nested: { scopes: `${APP}=by-nested` } }));
  process.env['CONFORMANCE_SCOPES'] = `${APP}=by-env`;

  target = await startTarget({
    resources: [
      component('file', 'secretstores.local.file', { secretsFile }),
      component('of-app', 'state.in-memory', {}, { scopes: [APP] }),
      component('of-all', 'state.in-memory'),
      component('cased', 'pubsub.in-memory', { PUBLISHINGSCOPES: `${APP}=cased` }),
      scopedBy('by-secret', { secretKeyRef: { name: 'scopes', key: 'scopes' } }, { auth: { secretStore: 'file' } }),
      scopedBy('by-secret-name', { secretKeyRef: { name: 'scopes' } }, { auth: { secretStore: 'file' } }),
      scopedBy(
        'by-nested',
        { secretKeyRef: { name: 'nested:scopes', key: 'nested:scopes' } },
        { auth: { secretStore: 'file' } },
      ),
      scopedBy('by-env', { envRef: 'CONFORMANCE_SCOPES' }),
      scopedBy('by-app', { value: '{appID}=by-app' }),
      component('broken', 'state.in-memory', { keyPrefix: 'a||b' }, { ignoreErrors: true }),
      component('unknown', 'state.no-such-store', {}, { ignoreErrors: true }),
    ],
    apps: [{ id: APP }, { id: OTHER }],
  });
});

afterAll(async () => {
  await target.close();
  await rm(folder, { recursive: true });
  delete process.env['CONFORMANCE_SCOPES'];
});

describe('the value of a component', () => {
  it.each(['by-secret', 'by-nested', 'by-env', 'by-app'])('comes from where it says: %s', async (pubsub) => {
    expect([await statusOf(pubsub, pubsub), await statusOf(pubsub, 'another')]).toEqual([204, 403]);
  });

  it('comes from a secret of one value by its name alone', async () => {
    expect([await statusOf('by-secret-name', 'by-secret'), await statusOf('by-secret-name', 'another')]).toEqual([
      204, 403,
    ]);
  });

  it('may name the app', async () => {
    expect([await statusOf('by-app', 'by-app'), await statusOf('by-app', 'by-app', OTHER)]).toEqual([204, 204]);
  });

  it('is known by its name in any case', async () => {
    expect([await statusOf('cased', 'cased'), await statusOf('cased', 'another')]).toEqual([204, 403]);
  });
});

describe('a component', () => {
  const stateOf = async (app: string, store: string) =>
    (await send(`${target.url(app)}/v1.0/state/${store}/key`)).status;

  it('is there for the apps in its scope', async () => {
    expect([
      await stateOf(APP, 'of-app'),
      await stateOf(OTHER, 'of-app'),
      await stateOf(APP, 'of-all'),
      await stateOf(OTHER, 'of-all'),
    ]).toEqual([204, 400, 204, 204]);
  });

  it('is not there when it fails and its errors are ignored', async () => {
    expect(await stateOf(APP, 'unknown')).toBe(400);
  });

  it('is there without the prefix of its keys when that alone fails and its errors are ignored', async () => {
    expect(await stateOf(APP, 'broken')).toBe(204);
  });

  it.each([
    ['a type that nobody knows', component('failing', 'state.no-such-store')],
    ['a secret store without a file', component('failing', 'secretstores.local.file')],
    ['a file that is not there', component('failing', 'secretstores.local.file', { secretsFile: '/nowhere/secrets' })],
    ['a binding without a folder', component('failing', 'bindings.localstorage')],
    ['a folder that is none', component('failing', 'bindings.localstorage', { rootPath: '/proc/self/status' })],
    ['a folder of the system', component('failing', 'bindings.localstorage', { rootPath: '/proc' })],
  ])('ends the sidecar when it fails: %s', async (_, failing) => {
    const started = startTarget({ resources: [failing], apps: [{ id: 'components-failing' }] });

    await expect(started.then((ending) => ended(ending, 'components-failing'))).rejects.toThrow();
  });
});

describe('a sidecar', () => {
  it('ends when it is told to', async () => {
    const mortal = await startTarget({ apps: [{ id: 'components-mortal' }] });
    const url = mortal.url('components-mortal');

    const byGet = await send(`${url}/v1.0/shutdown`);
    const { status, body } = await send(`${url}/v1.0/shutdown`, { method: 'POST' });

    expect([byGet.status, status, body]).toEqual([404, 204, '']);
    await expect(ended(mortal, 'components-mortal')).rejects.toThrow();
  });
});

/** Waits until a sidecar does not answer any more, and rejects with what there is instead. */
async function ended(ending: Target, id: string): Promise<void> {
  try {
    for (;;) await send(`${ending.url(id)}/v1.0/healthz`);
  } finally {
    await ending.close();
  }
}
