import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, send } from './target/client.ts';
import { component, configuration, httpEndpoint, resiliency } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'metadata-app';
const BARE = 'metadata-bare';

let app: TestApp;
let target: Target;

type Metadata = Record<string, unknown> & {
  runtimeVersion: string;
  components: { name: string }[];
  enabledFeatures: string[];
};

const metadataOf = async (id: string) =>
  jsonOf(await send(`${target.url(id)}/v1.0/metadata`)) as { status: number; body: Metadata };

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': { body: [{ pubsubname: 'pubsub', topic: 'topic', route: '/route' }] },
  });
  target = await startTarget({
    resources: [
      component('pubsub', 'pubsub.in-memory', {}, { scopes: [APP] }),
      component('memory', 'state.in-memory', {}, { scopes: [APP] }),
      component('env', 'secretstores.local.env', {}, { scopes: [APP] }),
      component('of-others', 'state.in-memory', {}, { scopes: ['somebody-else'] }),
      httpEndpoint('endpoint', { baseUrl: 'http://127.0.0.1:9' }),
      resiliency('policies', { policies: {}, targets: {} }),
      configuration('features', {
        features: [
          { name: 'MadeUp', enabled: true },
          { name: 'Unset', enabled: false },
        ],
      }),
    ],
    apps: [{ id: APP, appPort: app.port, config: 'features' }, { id: BARE }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

describe('the metadata of a sidecar', () => {
  it('say who it is, what it has, and how it reaches its app', async () => {
    const { status, body } = await metadataOf(APP);
    const { components, enabledFeatures, actorRuntime, ...rest } = body;

    expect({ status, body: rest }).toEqual({
      status: 200,
      body: {
        id: APP,
        runtimeVersion: expect.stringMatching(/^1\.18\./),
        extended: { daprRuntimeVersion: body.runtimeVersion },
        subscriptions: [
          {
            pubsubname: 'pubsub',
            topic: 'topic',
            rules: [{ path: '/route' }],
            deadLetterTopic: '',
            type: 'PROGRAMMATIC',
          },
        ],
        httpEndpoints: [{ name: 'endpoint' }],
        resiliencies: [{ name: 'policies' }],
        appConnectionProperties: { port: app.port, protocol: 'http', channelAddress: '127.0.0.1' },
      },
    });
    expect(actorRuntime).toMatchObject({ hostReady: false });
    expect(enabledFeatures).toContain('MadeUp');
    expect(enabledFeatures).not.toContain('Unset');
  });

  it('list the components of its scope, with what they can', async () => {
    const { components } = (await metadataOf(APP)).body;

    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect(components.sort(byName)).toEqual([
      { name: 'env', type: 'secretstores.local.env', version: 'v1' },
      {
        name: 'memory',
        type: 'state.in-memory',
        version: 'v1',
        capabilities: ['ETAG', 'TRANSACTIONAL', 'TTL', 'DELETE_WITH_PREFIX', 'KEYS_LIKE', 'ACTOR'],
      },
      { name: 'pubsub', type: 'pubsub.in-memory', version: 'v1', capabilities: ['SUBSCRIBE_WILDCARDS'] },
    ]);
  });

  it('leave out what is not there', async () => {
    const { body } = await metadataOf(BARE);

    expect(Object.keys(body).sort()).toEqual([
      'actorRuntime',
      'appConnectionProperties',
      'enabledFeatures',
      'extended',
      'httpEndpoints',
      'id',
      'resiliencies',
      'runtimeVersion',
    ]);
    expect(body['appConnectionProperties']).toEqual({ protocol: 'http', channelAddress: '127.0.0.1' });
  });

  it('take more of the kind, and give it back', async () => {
    const url = `${target.url(BARE)}/v1.0/metadata`;

    const put = await send(`${url}/a%20key`, { method: 'PUT', body: '{"any":"text"}' });
    const empty = await send(`${url}/empty`, { method: 'PUT' });

    expect([put.status, put.body, empty.status]).toEqual([204, '', 204]);
    expect((await metadataOf(BARE)).body['extended']).toEqual({
      'a key': '{"any":"text"}',
      empty: '',
      daprRuntimeVersion: expect.any(String),
    });
  });

  it.each([
    ['POST', ''],
    ['POST', '/key'],
    ['GET', '/key'],
    ['DELETE', '/key'],
  ])('are not reached by %s %s', async (method, path) => {
    expect((await send(`${target.url(BARE)}/v1.0/metadata${path}`, { method })).status).toBe(404);
  });
});
