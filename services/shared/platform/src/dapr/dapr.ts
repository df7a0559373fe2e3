import { CommunicationProtocolEnum, DaprClient, HttpMethod } from '@dapr/dapr';
import { pathOfCall, type CallDefinition } from '@commons/contracts';
import type { z } from 'zod';
import { BadGateway } from '../http/errors.ts';
import { currentRequest } from '../http/request-context.ts';
import type { Logger } from '../log/logger.ts';
import { traceHeaders } from '../observability/tracing.ts';
import { createCircuits } from './circuits.ts';
import { DaprFailure, failureOf, toHttpError } from './failures.ts';
import { sdkLogger } from './sdk-logger.ts';
import { withTimeout } from './with-timeout.ts';

/** What a service may ask of its sidecar. Every method has a timeout and throws on failure. */
export type Dapr = {
  /** Calls another service. Its 4xx come back as the same HttpError; what is away or too slow as 502, 503, 504. */
  call<Call extends CallDefinition>(
    call: Call,
    input: z.input<Call['input']>,
    options?: CallOptions,
  ): Promise<z.output<Call['output']>>;
  /** Fetches a path of another app with GET, e.g. its `/readyz`. */
  get(app: string, path: string, timeoutMs?: number): Promise<unknown>;
  /** Publishes a whole CloudEvents envelope. Resolves when the broker has it. */
  publish(topic: string, envelope: object): Promise<void>;
  state: {
    /** The value, or undefined. */
    get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
    set(key: string, value: unknown, options?: { ttlSeconds?: number }): Promise<void>;
    delete(key: string): Promise<void>;
  };
  /** A secret's value, or undefined where the store has none of that name. */
  secret(name: string): Promise<string | undefined>;
};

/** `isRegular`: it is asked in a rhythm of its own, also while the other service is thought to be away. */
export type CallOptions = { isRegular?: boolean };

export type DaprOptions = {
  host: string;
  port: number;
  apiToken: string | undefined;
  pubsub: string;
  stateStore: string;
  secretStore: string;
  log: Logger;
};

const STATE_TIMEOUT_MS = 1_000;
const PUBLISH_TIMEOUT_MS = 10_000;
const SECRET_TIMEOUT_MS = 3_000;

/** The sidecar of a service, over Dapr's HTTP API. */
export function createDapr(options: DaprOptions): Dapr {
  const client = new DaprClient({
    daprHost: options.host,
    daprPort: String(options.port),
    communicationProtocol: CommunicationProtocolEnum.HTTP,
    ...(options.apiToken && { daprApiToken: options.apiToken }),
    logger: { service: sdkLogger(options.log) },
  });

  const circuits = createCircuits();

  async function invoke(
    app: string,
    path: string,
    method: HttpMethod,
    body: object | undefined,
    headers: Record<string, string>,
    timeoutMs: number,
  ): Promise<unknown> {
    try {
      return await withTimeout(
        timeoutMs,
        client.invoker.invoke(app, path.replace(/^\//, ''), method, body, {
          headers: { ...headers, ...traceHeaders() },
        }),
      );
    } catch (error) {
      throw toHttpError(error);
    }
  }

  return {
    async call(call, input, { isRegular = false } = {}) {
      const ask = () => invoke(call.app, pathOfCall(call), HttpMethod.POST, input, callHeaders(call), call.timeoutMs);
      const answer = await (isRegular ? ask() : circuits.through(call.app, ask));
      const parsed = call.output.safeParse(answer);
      if (!parsed.success) throw new BadGateway(parsed.error);
      return parsed.data as never;
    },
    get: (app, path, timeoutMs = 2_000) => invoke(app, path, HttpMethod.GET, undefined, {}, timeoutMs),
    async publish(topic, envelope) {
      const sent = client.pubsub.publish(options.pubsub, topic, envelope, {
        contentType: 'application/cloudevents+json',
      });
      const { error } = await withTimeout(PUBLISH_TIMEOUT_MS, sent);
      if (error) throw new DaprFailure(`publishing to ${topic} failed`, error);
    },
    state: stateOf(client, options.stateStore),
    async secret(name) {
      try {
        const secret = (await withTimeout(SECRET_TIMEOUT_MS, client.secret.get(options.secretStore, name))) as Record<
          string,
          string
        >;
        return secret[name] ?? Object.values(secret)[0];
      } catch (error) {
        if (failureOf(error).errorCode === 'ERR_SECRET_GET') return undefined;
        throw new DaprFailure(`the secret ${name} cannot be read`, error);
      }
    },
  };
}

/** Whoever uses state can do without: any failure counts, and for a moment nobody waits for it. */
function stateOf(client: DaprClient, store: string): Dapr['state'] {
  const circuits = createCircuits(() => true);
  const patiently = <T>(work: () => Promise<T>): Promise<T> =>
    circuits.through(store, () => withTimeout(STATE_TIMEOUT_MS, work()));
  return {
    async get(key, schema) {
      const found: unknown = await patiently(() => client.state.get(store, encodeURIComponent(key)));
      const parsed = schema.safeParse(found);
      return found === '' || found === undefined || found === null || !parsed.success ? undefined : parsed.data;
    },
    async set(key, value, { ttlSeconds } = {}) {
      const metadata = ttlSeconds === undefined ? {} : { metadata: { ttlInSeconds: String(ttlSeconds) } };
      await patiently(async () => {
        const { error } = await client.state.save(store, [{ key, value: value as object, ...metadata }]);
        if (error) throw new DaprFailure(`saving state failed`, error);
      });
    },
    async delete(key) {
      await patiently(async () => {
        const { error } = await client.state.delete(store, encodeURIComponent(key));
        if (error) throw new DaprFailure(`deleting state failed`, error);
      });
    },
  };
}

/** The user's token goes along only with calls that act for the user; who asked, with every call. */
function callHeaders(call: CallDefinition): Record<string, string> {
  const context = currentRequest();
  if (!context) return {};
  return {
    'x-request-id': context.requestId,
    ...(context.ip && { 'x-client-ip': context.ip }),
    ...(context.userAgent && { 'x-client-user-agent': context.userAgent }),
    ...(context.authorization && call.onBehalfOfUser !== 'no' && { authorization: context.authorization }),
    ...(context.idempotencyKey && call.onBehalfOfUser !== 'no' && { 'idempotency-key': context.idempotencyKey }),
  };
}
