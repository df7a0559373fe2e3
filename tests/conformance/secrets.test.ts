import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf, send } from './target/client.ts';
import { component, configuration } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const SECRETS = {
  plain: 'p<>',
  number: 5,
  fraction: 1.5,
  tiny: 0.00001,
  huge: 1e21,
  truth: true,
  nothing: null,
  nested: { a: 'x', b: { c: 'y' }, n: 7, list: ['l0', { k: 'v' }] },
  only: { one: '1' },
};

let folder: string;
let target: Target;

const get = async (path: string, app = 'secrets-app') => jsonOf(await send(`${target.url(app)}/v1.0/secrets/${path}`));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-secrets-'));
  const secretsFile = join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify(SECRETS));
  Object.assign(process.env, {
    CONFORMANCE_KEY: 'from the environment',
    CONFORMANCE_EMPTY: '',
    DAPR_CONFORMANCE: 'hidden',
  });
  const scopes = ['secrets-app', 'secrets-allowing', 'secrets-denying', 'secrets-listing'];
  const scope = (more: object) => ({ secrets: { scopes: [{ storeName: 'file', ...more }] } });

  target = await startTarget({
    resources: [
      component('file', 'secretstores.local.file', { secretsFile }, { scopes }),
      component(
        'multi',
        'secretstores.local.file',
        { secretsFile, multiValued: 'true', nestedSeparator: '.' },
        { scopes },
      ),
      component('dashed', 'secretstores.local.file', { secretsFile, nestedSeparator: '-' }, { scopes }),
      component('env', 'secretstores.local.env', { prefix: 'CONFORMANCE_' }, { scopes }),
      component('bare-env', 'secretstores.local.env', {}, { scopes }),
      component('cluster', 'secretstores.kubernetes', {}, { ignoreErrors: true }),
      configuration('denies-some', scope({ deniedSecrets: ['plain', 'only:one'] })),
      configuration('denies-by-default', scope({ defaultAccess: 'deny' })),
      configuration('allows-some', scope({ defaultAccess: 'Deny', allowedSecrets: ['nested:a', 'plain'] })),
    ],
    apps: [
      { id: 'secrets-app' },
      { id: 'secrets-bare' },
      { id: 'secrets-allowing', config: 'denies-some' },
      { id: 'secrets-denying', config: 'denies-by-default' },
      { id: 'secrets-listing', config: 'allows-some' },
    ],
  });
});

afterAll(async () => {
  await target.close();
  await rm(folder, { recursive: true });
  for (const name of ['CONFORMANCE_KEY', 'CONFORMANCE_EMPTY', 'DAPR_CONFORMANCE']) delete process.env[name];
});

describe('secrets of a file', () => {
  it.each([
    ['file/plain', { plain: 'p<>' }],
    ['file/nested:a', { 'nested:a': 'x' }],
    ['file/nested%3Ab%3Ac', { 'nested:b:c': 'y' }],
    ['file/nested:list:0', { 'nested:list:0': 'l0' }],
    ['file/nested:list:1:k', { 'nested:list:1:k': 'v' }],
    ['dashed/nested-b-c', { 'nested-b-c': 'y' }],
    ['multi/plain', { plain: 'p<>' }],
    ['multi/nested', { a: 'x', 'b.c': 'y', n: '%!s(float64=7)', 'list.0': 'l0', 'list.1.k': 'v' }],
    ['multi/only', { one: '1' }],
  ])('finds %s', async (path, body) => {
    expect(await get(path)).toEqual({ status: 200, body });
  });

  it.each([
    ['number', '%!s(float64=5)'],
    ['fraction', '%!s(float64=1.5)'],
    ['tiny', '%!s(float64=1e-05)'],
    ['huge', '%!s(float64=1e+21)'],
    ['truth', '%!s(bool=true)'],
    ['nothing', '%!s(<nil>)'],
  ])('gives the %s as a complaint, for it is no text', async (name, text) => {
    expect(await get(`file/${name}`)).toEqual({ status: 200, body: { [name]: text } });
  });

  it.each(['file/nowhere', 'file/nested', 'file/PLAIN', 'multi/number', 'multi/nested.a'])(
    'does not find %s',
    async (path) => {
      const [store, name] = path.split('/');
      expect(await get(path)).toEqual({
        status: 500,
        body: {
          errorCode: 'ERR_SECRET_GET',
          message: `failed getting secret with key ${name} from secret store ${store}: secret ${name} not found`,
        },
      });
    },
  );

  it('gives all secrets at once', async () => {
    expect(await get('file/bulk')).toEqual({
      status: 200,
      body: {
        plain: { plain: 'p<>' },
        number: { number: '%!s(float64=5)' },
        fraction: { fraction: '%!s(float64=1.5)' },
        tiny: { tiny: '%!s(float64=1e-05)' },
        huge: { huge: '%!s(float64=1e+21)' },
        truth: { truth: '%!s(bool=true)' },
        nothing: { nothing: '%!s(<nil>)' },
        'nested:a': { 'nested:a': 'x' },
        'nested:b:c': { 'nested:b:c': 'y' },
        'nested:n': { 'nested:n': '%!s(float64=7)' },
        'nested:list:0': { 'nested:list:0': 'l0' },
        'nested:list:1:k': { 'nested:list:1:k': 'v' },
        'only:one': { 'only:one': '1' },
      },
    });
  });

  it('gives all secrets of many values at once', async () => {
    expect(await get('multi/bulk')).toEqual({
      status: 200,
      body: {
        plain: { plain: 'p<>' },
        nested: { a: 'x', 'b.c': 'y', n: '%!s(float64=7)', 'list.0': 'l0', 'list.1.k': 'v' },
        only: { one: '1' },
      },
    });
  });
});

describe('secrets of the environment', () => {
  it('gives a variable, without the prefix', async () => {
    expect(await get('env/KEY')).toEqual({ status: 200, body: { KEY: 'from the environment' } });
  });

  it('gives nothing for what is not set or empty', async () => {
    expect([await get('env/NOT_SET'), await get('env/EMPTY')]).toEqual([
      { status: 200, body: { NOT_SET: '' } },
      { status: 200, body: { EMPTY: '' } },
    ]);
  });

  it('gives all that have the prefix', async () => {
    const { status, body } = await get('env/bulk');

    expect({ status, body }).toMatchObject({
      status: 200,
      body: { KEY: { KEY: 'from the environment' }, EMPTY: { EMPTY: '' } },
    });
  });

  it("keeps Dapr's own variables to itself", async () => {
    const { body } = await get('bare-env/bulk');

    expect(await get('bare-env/DAPR_CONFORMANCE')).toEqual({ status: 200, body: { DAPR_CONFORMANCE: '' } });
    expect(Object.keys(body as object).filter((name) => name.startsWith('DAPR_'))).toEqual([]);
  });
});

describe('secret stores that are not there', () => {
  const noStore = (store: string) => ({
    status: 401,
    body: { errorCode: 'ERR_SECRET_STORE_NOT_FOUND', message: `failed finding secret store with key ${store}` },
  });

  it('are answered 401', async () => {
    expect([await get('nowhere/plain'), await get('nowhere/bulk')]).toEqual([noStore('nowhere'), noStore('nowhere')]);
  });

  it('include that of a cluster which is not there', async () => {
    expect(await get('cluster/plain')).toEqual(noStore('cluster'));
  });

  it('are answered 500 when there are none at all', async () => {
    expect(await get('file/plain', 'secrets-bare')).toEqual({
      status: 500,
      body: { errorCode: 'ERR_SECRET_STORES_NOT_CONFIGURED', message: 'secret store is not configured' },
    });
  });
});

describe('scopes of secrets', () => {
  const denied = (name: string) => ({
    status: 403,
    body: { errorCode: 'ERR_PERMISSION_DENIED', message: `access denied by policy to get "${name}" from "file"` },
  });

  it('deny what is denied by name, and allow the rest', async () => {
    const app = 'secrets-allowing';

    expect([await get('file/plain', app), await get('file/nested:a', app)]).toEqual([
      denied('plain'),
      { status: 200, body: { 'nested:a': 'x' } },
    ]);
    expect(Object.keys((await get('file/bulk', app)).body as object)).not.toEqual(
      expect.arrayContaining(['plain', 'only:one']),
    );
  });

  it('deny everything by default, whether it is there or not', async () => {
    const app = 'secrets-denying';

    expect([await get('file/plain', app), await get('file/nowhere', app), await get('file/bulk', app)]).toEqual([
      denied('plain'),
      denied('nowhere'),
      { status: 200, body: {} },
    ]);
  });

  it('allow what is allowed by name, and deny the rest', async () => {
    const app = 'secrets-listing';

    expect([await get('file/plain', app), await get('file/only:one', app), await get('file/bulk', app)]).toEqual([
      { status: 200, body: { plain: 'p<>' } },
      denied('only:one'),
      { status: 200, body: { plain: { plain: 'p<>' }, 'nested:a': { 'nested:a': 'x' } } },
    ]);
  });

  it('hold for their own store alone', async () => {
    expect((await get('multi/only', 'secrets-denying')).status).toBe(200);
  });
});

describe('the paths of secrets', () => {
  it.each([
    ['POST', 'file/plain'],
    ['GET', 'file'],
    ['GET', 'file/a/b'],
  ])('know no %s %s', async (method, path) => {
    const answer = await send(`${target.url('secrets-app')}/v1.0/secrets/${path}`, { method });

    expect(jsonOf(answer)).toMatchObject({ status: 404, body: { errorCode: 'ERR_DIRECT_INVOKE' } });
  });
});
