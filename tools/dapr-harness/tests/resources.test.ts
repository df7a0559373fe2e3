import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadResources } from '../src/resources/load.ts';
import { resolveComponents } from '../src/resources/resolve-components.ts';

const viewer = { appId: 'post', namespace: 'blue', podName: 'post-1' };
const noSecrets = () => () => Promise.reject(new Error('no secrets'));
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harness-resources-'));
});
afterEach(() => rm(folder, { recursive: true }));

const component = (name: string, metadata: object[] = [], rest: object = {}) => ({
  kind: 'Component',
  metadata: { name },
  spec: { type: 'state.redis', version: 'v1', metadata },
  ...rest,
});

describe('resources', () => {
  it('are read from every document of every YAML file of a folder', async () => {
    await writeFile(join(folder, 'b.yml'), 'kind: Resiliency\nmetadata: { name: r }\nspec: {}\n');
    await writeFile(
      join(folder, 'a.yaml'),
      'kind: Component\nmetadata: { name: one }\n---\n# empty\n---\nkind: Component\nmetadata:\n  name: two\n',
    );
    await writeFile(join(folder, 'notes.txt'), 'kind: Component');

    const names = loadResources(folder).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(names).toEqual(['Component one', 'Component two', 'Resiliency r']);
  });

  it('name the file that does not parse', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'kind: [Component');

    expect(() => loadResources([file])).toThrow(`${file}: `);
  });

  it('are seen by the apps in their scopes and namespace alone', async () => {
    const resources = [
      component('all'),
      component('mine', [], { scopes: ['post'] }),
      component('theirs', [], { scopes: ['like'] }),
      component('blue', [], { metadata: { name: 'blue', namespace: 'blue' } }),
      component('red', [], { metadata: { name: 'red', namespace: 'red' } }),
    ];

    const seen = await resolveComponents(resources, viewer, noSecrets);

    expect(seen.map(({ name }) => name)).toEqual(['all', 'mine', 'blue']);
  });

  it('have their templates filled in, their numbers as text, and their secrets read', async () => {
    process.env['HARNESS_TEST_VALUE'] = 'from the environment';
    const metadata = [
      { name: 'consumerID', value: '{podName}-{appID}' },
      { name: 'prefix', value: '{namespace}/' },
      { name: 'unique', value: '{uuid}' },
      { name: 'port', value: 6379 },
      { name: 'tls', value: false },
      { name: 'env', envRef: 'HARNESS_TEST_VALUE' },
      { name: 'password', secretKeyRef: { name: 'redis', key: 'password' } },
      { name: 'user', secretKeyRef: { name: 'user' } },
    ];
    const asked: string[] = [];
    const secrets: Record<string, Record<string, string>> = { redis: { password: 'p' }, user: { user: 'u' } };
    const open = () => async (store: string, secret: string) => {
      asked.push(`${store}/${secret}`);
      return secrets[secret] ?? {};
    };

    const [resolved] = await resolveComponents(
      [component('c', metadata, { auth: { secretStore: 'vault' } })],
      viewer,
      open,
    );
    delete process.env['HARNESS_TEST_VALUE'];

    expect(resolved?.metadata).toEqual({
      consumerID: 'post-1-post',
      prefix: 'blue.post/',
      unique: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      port: '6379',
      tls: 'false',
      env: 'from the environment',
      password: 'p',
      user: 'u',
    });
    expect(resolved?.isNamespaced).toBe(true);
    expect(asked).toEqual(['vault/redis', 'vault/user']);
  });
});
