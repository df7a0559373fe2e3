import { createRouter } from '../api/router.ts';
import { createApiServer, servePageNotFound, type ApiServer } from '../api/server.ts';
import { createAccessCheck } from '../invoke/access-control.ts';
import { serveInvocation } from '../invoke/invocation.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import { isRouteAllowed } from './allowed-routes.ts';
import type { AppOptions } from './app-options.ts';
import { assemble } from './assemble.ts';
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

/** Starts the sidecar of an app; it is listening when the promise resolves. */
export async function createSidecar(world: World, options: AppOptions): Promise<Sidecar> {
  const { id: appId, appApiToken } = options;
  const assembly = await assemble(world, options);
  const { link, invocation, pubsubs } = assembly;
  let isUp = false;
  let life = new AbortController();
  let port = options.daprPort ?? 0;
  let appPort = options.appPort;

  const mayInvoke = isRouteAllowed({ pattern: '/v1.0/invoke/*target' }, assembly.configuration);
  const server: ApiServer = createApiServer({
    router: createRouter(assembly.routes(() => leave(0))),
    fallback: mayInvoke ? (request, response) => serveInvocation(invocation, request, response) : servePageNotFound,
    apiToken: options.daprApiToken,
    maxBodyBytes: invocation.maxBodyBytes,
    beforeRoute: createRouteFaults(world.faults, appId),
  });

  async function start(): Promise<void> {
    if (isUp) return;
    port = await server.listen(port);
    isUp = true;
    life = new AbortController();
    if (appPort !== undefined) void link.connect(appPort).catch(() => undefined);
  }

  async function leave(graceMs: number): Promise<void> {
    if (!isUp) return;
    isUp = false;
    if (graceMs === 0) life.abort();
    await link.disconnect(graceMs);
    life.abort();
    await server.close();
  }

  world.apps.add(assembly.namespace, {
    appId,
    appApiToken,
    isAllowed: createAccessCheck(assembly.configuration.accessControl),
    get isUp() {
      return isUp;
    },
    get isWell() {
      return link.isWell;
    },
    get life() {
      return life.signal;
    },
    get origin() {
      return link.app?.origin;
    },
  });
  await start();

  return {
    appId,
    pubsubs,
    get port() {
      return port;
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    connectApp: (newPort) => link.connect((appPort = newPort)),
    disconnectApp: () => {
      appPort = undefined;
      return link.disconnect(GRACE_MS);
    },
    start,
    stop: () => leave(0),
    close: async () => {
      await leave(GRACE_MS);
      await assembly.close();
    },
  };
}
