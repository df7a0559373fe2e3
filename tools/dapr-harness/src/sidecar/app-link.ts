import type { FamilyParts } from '../api/component-family.ts';
import type { HttpClient } from '../invoke/http-client.ts';
import type { Log } from '../log.ts';
import { startSubscriptions, type RunningSubscriptions, type SubscriberOptions } from '../pubsub/subscriber.ts';
import { mergeSubscriptions, type Subscription } from '../pubsub/subscription.ts';
import { createAppChannel, type OwnApp } from './app-channel.ts';
import { watchHealth, type HealthCheck, type HealthWatch } from './health-watch.ts';
import { readAppConfig, readSubscriptions } from './read-subscriptions.ts';
import { waitForPort } from './wait-for-port.ts';

/** How long what is in hand may take when an app becomes ill. */
const DRAIN_MS = 30_000;

export type AppLinkOptions = Omit<SubscriberOptions, 'app'> & {
  client: HttpClient;
  appApiToken: string | undefined;
  declarative: readonly Subscription[];
  families: readonly FamilyParts[];
  healthCheck: HealthCheck | undefined;
  log: Log;
};

/** A sidecar's tie to its app. */
export type AppLink = {
  readonly app: OwnApp | undefined;
  readonly subscriptions: readonly Subscription[];
  /** Whether the app is well, as far as it is asked. */
  readonly isWell: boolean;
  /** Whether a boot is under way. */
  readonly isConnecting: boolean;
  /** Names the port, so that invocations go there, before the app is known to be up. */
  aim(port: number): void;
  /** Waits for the port, asks the app what it wants and starts delivering. */
  connect(port: number): Promise<void>;
  disconnect(graceMs: number): Promise<void>;
};

export function createAppLink(options: AppLinkOptions): AppLink {
  const { appId, client, appApiToken, families, healthCheck, log } = options;
  let app: OwnApp | undefined;
  let connecting: { port: number; done: Promise<void>; abort: AbortController } | undefined;
  let running: RunningSubscriptions | undefined;
  let health: HealthWatch | undefined;
  let turns = Promise.resolve();
  let isConnecting = false;
  let subscriptions: readonly Subscription[] = options.declarative;

  const aim = (port: number): OwnApp => (app = createAppChannel(client, port, appApiToken));

  const boot = async (port: number, signal: AbortSignal): Promise<void> => {
    const own = aim(port);
    await waitForPort(port, signal);
    if (healthCheck) watch(own, healthCheck, port, signal);
    else await begin(own, port, signal);
  };

  const begin = async (own: OwnApp, port: number, signal: AbortSignal): Promise<void> => {
    await readAppConfig(own, appId, signal);
    const wanted = options.pubsubs.size > 0 ? await readSubscriptions(own, appId, log, signal) : [];
    signal.throwIfAborted();
    subscriptions = mergeSubscriptions(options.declarative, wanted);
    await deliver(own);
    log({ level: 'info', msg: 'app connected', port, topics: subscriptions.map(({ topic }) => topic) });
  };

  const deliver = async (own: OwnApp): Promise<void> => {
    running = startSubscriptions({ ...options, app: own }, subscriptions);
    for (const family of families) await family.appConnected?.(own);
  };

  const pause = async (graceMs: number): Promise<void> => {
    for (const family of families) await family.appDisconnected?.();
    await running?.end(graceMs);
    running = undefined;
  };

  /** An app that is asked how it is begins when it is well for the first time, and is spared whenever it is ill. */
  const watch = (own: OwnApp, check: HealthCheck, port: number, signal: AbortSignal): void => {
    const prober = createAppChannel(client, port, undefined);
    let hasBegun = false;
    const take = async (isWell: boolean): Promise<void> => {
      log({ level: 'info', msg: isWell ? 'app is well' : 'app is ill', port });
      if (!isWell) return pause(DRAIN_MS);
      if (signal.aborted) return;
      if (hasBegun) return deliver(own);
      await begin(own, port, signal);
      hasBegun = true;
    };
    const ask = async (limit: AbortSignal): Promise<number> => (await prober.get(check.path, {}, limit)).status;
    health = watchHealth(ask, check, (isWell) => {
      turns = turns.then(() => take(isWell)).catch(() => undefined);
    });
  };

  const disconnect = async (graceMs: number): Promise<void> => {
    health?.end();
    health = undefined;
    const last = connecting;
    connecting = undefined;
    last?.abort.abort();
    await last?.done.catch(() => undefined);
    await turns;
    await pause(graceMs);
    app = undefined;
  };

  return {
    get app() {
      return app;
    },
    get subscriptions() {
      return subscriptions;
    },
    get isWell() {
      return !healthCheck || health?.isWell === true;
    },
    get isConnecting() {
      return isConnecting;
    },
    aim,
    connect: async (port) => {
      if (connecting?.port === port) return connecting.done;
      if (connecting) await disconnect(0);
      const abort = new AbortController();
      isConnecting = true;
      const done = boot(port, abort.signal).finally(() => {
        isConnecting = false;
      });
      connecting = { port, done, abort };
      done.catch(() => {
        if (connecting?.done === done) connecting = undefined;
      });
      return done;
    },
    disconnect,
  };
}
