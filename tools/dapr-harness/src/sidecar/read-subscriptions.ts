import type { Log } from '../log.ts';
import { parseProgrammatic, type Subscription } from '../pubsub/subscription.ts';
import { runWithPolicy } from '../resiliency/policy.ts';
import { parseRetry } from '../resiliency/retry.ts';
import type { OwnApp } from './app-channel.ts';

const INITIALIZATION = {
  timeoutMs: 0,
  breaker: undefined,
  retry: parseRetry({
    policy: 'exponential',
    initialInterval: '500ms',
    maxInterval: '1s',
    maxElapsedTime: '10s',
    maxRetries: 3,
  }),
};

/** Asks the app for its configuration, as daprd does; nothing of it concerns what the harness serves. */
export async function readAppConfig(app: OwnApp, appId: string, signal: AbortSignal): Promise<void> {
  await app.get('/dapr/config', jsonFor(appId), signal).catch(() => undefined);
}

/** The subscriptions that the app lists on `GET /dapr/subscribe`; none when it has no such path or answers badly. */
export async function readSubscriptions(
  app: OwnApp,
  appId: string,
  log: Log,
  signal: AbortSignal,
): Promise<Subscription[]> {
  try {
    const ask = () => app.get('/dapr/subscribe', jsonFor(appId), signal);
    const { status, body } = await runWithPolicy(INITIALIZATION, ask, { patience: signal });
    if (status === 200) return parseProgrammatic(body);
    if (status !== 404) log({ level: 'error', msg: 'app refused to list its subscriptions', status });
  } catch (error) {
    log({ level: 'error', msg: 'app has no readable list of subscriptions', error: String(error) });
  }
  return [];
}

function jsonFor(appId: string): Record<string, string> {
  return { 'content-type': 'application/json', 'dapr-app-id': appId };
}
