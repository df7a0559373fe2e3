import type { Subscription } from '../pubsub/subscription.ts';
import type { ComponentMetadata } from './component-family.ts';
import type { ApiRoute } from './http.ts';

/** The version of daprd that the harness behaves as. */
const RUNTIME_VERSION = '1.18.0';

export type MetadataSource = {
  appId: string;
  enabledFeatures: readonly string[];
  components(): readonly ComponentMetadata[];
  subscriptions(): readonly Subscription[];
  httpEndpoints: readonly string[];
  resiliencies: readonly string[];
  appPort(): number | undefined;
};

/** `GET /v1.0/metadata` and `PUT /v1.0/metadata/<key>`, which sets what the first shows as `extended`. */
export function createMetadataRoutes(source: MetadataSource): ApiRoute[] {
  const extended = new Map<string, string>();
  return [
    {
      methods: ['GET'],
      pattern: '/v1.0/metadata',
      handle: async () => ({ status: 200, body: describe(source, extended) }),
    },
    {
      methods: ['PUT'],
      pattern: '/v1.0/metadata/:key',
      handle: async (request, { key = '' }) => {
        extended.set(key, (await request.body()).toString());
        return { status: 204 };
      },
    },
  ];
}

function describe(source: MetadataSource, extended: ReadonlyMap<string, string>): object {
  const port = source.appPort();
  const components = source.components();
  const subscriptions = source.subscriptions();
  return {
    id: source.appId,
    runtimeVersion: RUNTIME_VERSION,
    ...(source.enabledFeatures.length > 0 && { enabledFeatures: source.enabledFeatures }),
    ...(components.length > 0 && { components: components.map(describeComponent) }),
    extended: { ...Object.fromEntries(extended), daprRuntimeVersion: RUNTIME_VERSION },
    ...(subscriptions.length > 0 && { subscriptions: subscriptions.map(describeSubscription) }),
    ...(source.httpEndpoints.length > 0 && { httpEndpoints: source.httpEndpoints.map((name) => ({ name })) }),
    appConnectionProperties: { ...(port && { port }), protocol: 'http', channelAddress: '127.0.0.1' },
    actorRuntime: { runtimeStatus: 'DISABLED', hostReady: false, placement: 'placement: disconnected' },
    ...(source.resiliencies.length > 0 && { resiliencies: source.resiliencies.map((name) => ({ name })) }),
  };
}

function describeComponent({ name, type, version, capabilities }: ComponentMetadata): object {
  return { name, type, version, ...(capabilities.length > 0 && { capabilities }) };
}

function describeSubscription({ pubsub, topic, metadata, rules, deadLetterTopic, type }: Subscription): object {
  return {
    pubsubname: pubsub,
    topic,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(rules.length > 0 && { rules: rules.map(({ match, path }) => ({ ...(match && { match }), path })) }),
    deadLetterTopic,
    type,
  };
}
