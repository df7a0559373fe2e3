import type { FamilyParts } from '../api/component-family.ts';
import type { HttpClient } from '../invoke/http-client.ts';
import type { Log } from '../log.ts';
import { startSubscriptions, type RunningSubscriptions, type SubscriberOptions } from '../pubsub/subscriber.ts';
import { mergeSubscriptions, type Subscription } from '../pubsub/subscription.ts';
import { createAppChannel, type OwnApp } from './app-channel.ts';
import { readAppConfig, readSubscriptions } from './read-subscriptions.ts';
import { waitForPort } from './wait-for-port.ts';

export type AppLinkOptions = Omit<SubscriberOptions, 'app'> & {
  client: HttpClient;
  appApiToken: string | undefined;
  declarative: readonly Subscription[];
  families: readonly FamilyParts[];
  log: Log;
};

/** A sidecar's tie to its app. */
export type AppLink = {
  readonly app: OwnApp | undefined;
  readonly subscriptions: readonly Subscription[];
  /** Whether a boot is under way. */
  readonly isConnecting: boolean;
  /** Names the port, so that invocations go there, before the app is known to be up. */
  aim(port: number): void;
  /** Waits for the port, asks the app what it wants and starts delivering. */
  connect(port: number): Promise<void>;
  disconnect(graceMs: number): Promise<void>;
};

export function createAppLink(options: AppLinkOptions): AppLink {
  const { appId, client, appApiToken, families, log } = options;
  let app: OwnApp | undefined;
  let connecting: { port: number; done: Promise<void>; abort: AbortController } | undefined;
  let running: RunningSubscriptions | undefined;
  let isConnecting = false;
  let subscriptions: readonly Subscription[] = options.declarative;

  const aim = (port: number): OwnApp => (app = createAppChannel(client, port, appApiToken));

  const boot = async (port: number, signal: AbortSignal): Promise<void> => {
    const own = aim(port);
    await waitForPort(port, signal);
    await readAppConfig(own, appId, signal);
    const wanted = options.pubsubs.size > 0 ? await readSubscriptions(own, appId, log, signal) : [];
    signal.throwIfAborted();
    subscriptions = mergeSubscriptions(options.declarative, wanted);
    running = startSubscriptions({ ...options, app: own }, subscriptions);
    for (const family of families) await family.appConnected?.(own);
    log({ level: 'info', msg: 'app connected', port, topics: subscriptions.map(({ topic }) => topic) });
  };

  const disconnect = async (graceMs: number): Promise<void> => {
    const last = connecting;
    connecting = undefined;
    last?.abort.abort();
    await last?.done.catch(() => undefined);
    for (const family of families) await family.appDisconnected?.();
    await running?.end(graceMs);
    running = undefined;
    app = undefined;
  };

  return {
    get app() {
      return app;
    },
    get subscriptions() {
      return subscriptions;
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
