import { randomUUID } from 'node:crypto';
import type { FamilyParts } from '../api/component-family.ts';
import { createHealthRoutes } from '../api/health-routes.ts';
import type { ApiRoute } from '../api/http.ts';
import { createMetadataRoutes } from '../api/metadata-routes.ts';
import { createRouter } from '../api/router.ts';
import { createApiServer, type ApiServer } from '../api/server.ts';
import { createAccessCheck } from '../invoke/access-control.ts';
import { createHttpClient } from '../invoke/http-client.ts';
import { serveInvocation, type InvocationContext } from '../invoke/invocation.ts';
import { createPublishRoute } from '../pubsub/publish-routes.ts';
import { createPublisher } from '../pubsub/publisher.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import { readDeclarative } from '../pubsub/subscription.ts';
import { createResiliency } from '../resiliency/create-resiliency.ts';
import { findConfiguration } from '../resources/configuration.ts';
import { resolveHttpEndpoints } from '../resources/http-endpoint.ts';
import { resolveComponents } from '../resources/resolve-components.ts';
import { isRouteAllowed } from './allowed-routes.ts';
import { createAppLink } from './app-link.ts';
import { DEFAULT_MAX_BODY_BYTES, DEFAULT_NAMESPACE, type AppOptions } from './app-options.ts';
import { FAMILIES } from './families.ts';
import { openSecrets } from './own-secrets.ts';
import { createPubSubs, pubsubMetadata } from './pubsub-family.ts';
import { createRouteFaults } from './route-faults.ts';
import type { World } from './world.ts';

/** How long messages in hand may take when a sidecar takes leave of its app. */
const GRACE_MS = 5_000;

/** One app's sidecar: Dapr's HTTP API on a port of this machine. */
export type Sidecar = {
  readonly appId: string;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The pub/sub components that the app sees. */
  readonly pubsubs: ReadonlyMap<string, PubSub>;
  /** Waits for the app's port, reads its subscriptions and bindings, and starts to deliver. */
  connectApp(port: number): Promise<void>;
  /** Stops delivering; what is in hand is finished, or goes back to its queue. */
  disconnectApp(): Promise<void>;
  /** Closes the sidecar as a crash would: messages in hand go back to their queues. Its port stays its own. */
  stop(): Promise<void>;
  /** Opens it again on its port, and connects the app that it had. */
  start(): Promise<void>;
  /** Closes it for good, letting messages in hand finish. */
  close(): Promise<void>;
};

export async function createSidecar(world: World, options: AppOptions): Promise<Sidecar> {
  const { id: appId, namespace = DEFAULT_NAMESPACE, appApiToken, daprApiToken } = options;
  const viewer = { appId, namespace, podName: `${appId}-${randomUUID().slice(0, 8)}` };
  const components = await resolveComponents(world.resources, viewer, openSecrets);
  const configuration = findConfiguration(world.resources, options.config);
  const endpoints = await resolveHttpEndpoints(world.resources, viewer, openSecrets(components));
  const resiliency = createResiliency(world.resources, appId, namespace);
  const pubsubs = createPubSubs(components, world.brokers, appId, namespace);
  const log: World['log'] = (line) => world.log({ app_id: appId, ...line });
  const { faults, record, journal, shared } = world;
  const publisher = createPublisher({ appId, resiliency, faults, record });
  const env = { appId, namespace, components, configuration, resiliency, journal, shared, log };
  const families = await Promise.all(FAMILIES.map((family) => family(env)));
  const client = createHttpClient();
  const declarative = readDeclarative(world.resources, appId, namespace);
  const link = createAppLink({
    appId,
    pubsubs,
    publisher,
    resiliency,
    faults,
    record,
    log,
    client,
    appApiToken,
    declarative,
    families,
  });

  let isUp = false;
  let server: ApiServer | undefined;
  let port = options.daprPort ?? 0;
  let lastAppPort = options.appPort;
  const invocation: InvocationContext = {
    caller: { appId, namespace, trustDomain: configuration.accessControl?.trustDomain ?? 'public' },
    daprApiToken,
    client,
    endpoints,
    resiliency,
    faults,
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    resolve: world.apps.resolve,
  };
  world.apps.add(namespace, {
    appId,
    appApiToken,
    isAllowed: createAccessCheck(configuration.accessControl),
    get isUp() {
      return isUp;
    },
    get origin() {
      return link.app?.origin;
    },
  });
  const routes = createRoutes();
  await start();

  function createRoutes(): ApiRoute[] {
    const unready = (): string[] => (link.isConnecting ? ['app'] : []);
    const metadata = {
      appId,
      enabledFeatures: configuration.enabledFeatures,
      components: () => [
        ...[...pubsubs.values()].map(pubsubMetadata),
        ...families.flatMap((family) => family.metadata),
      ],
      subscriptions: () => link.subscriptions,
      httpEndpoints: [...endpoints.keys()],
      appPort: () => link.app?.origin.port,
    };
    return [
      ...createHealthRoutes(appId, unready),
      ...createMetadataRoutes(metadata),
      createPublishRoute({ appId, pubsubs, publisher }),
      ...families.flatMap((family) => family.routes),
      shutdownRoute(),
    ].filter((route) => isRouteAllowed(route, configuration));
  }

  function shutdownRoute(): ApiRoute {
    return {
      methods: ['POST'],
      pattern: '/v1.0/shutdown',
      handle: async () => {
        setImmediate(() => void stop());
        return { status: 204 };
      },
    };
  }

  async function start(): Promise<void> {
    if (isUp) return;
    server = createApiServer({
      router: createRouter(routes),
      fallback: (request, response) => serveInvocation(invocation, request, response),
      apiToken: daprApiToken,
      maxBodyBytes: invocation.maxBodyBytes,
      beforeRoute: createRouteFaults(faults, appId),
    });
    port = await server.listen(port);
    isUp = true;
    if (lastAppPort !== undefined) void link.connect(lastAppPort).catch(() => undefined);
  }

  async function leave(graceMs: number): Promise<void> {
    if (!isUp) return;
    isUp = false;
    await link.disconnect(graceMs);
    await server?.close();
  }

  const stop = (): Promise<void> => leave(0);

  return {
    appId,
    pubsubs,
    get port() {
      return port;
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    connectApp: (appPort) => {
      lastAppPort = appPort;
      return link.connect(appPort);
    },
    disconnectApp: () => {
      lastAppPort = undefined;
      return link.disconnect(GRACE_MS);
    },
    start,
    stop,
    close: async () => {
      await leave(GRACE_MS);
      await closeAll(families);
      client.close();
    },
  };
}

async function closeAll(families: readonly FamilyParts[]): Promise<void> {
  await Promise.all(families.map((family) => family.close()));
}
