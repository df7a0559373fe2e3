import { CommunicationProtocolEnum, DaprClient, HttpMethod } from '@dapr/dapr';
import { pathOfCall, type CallDefinition } from '@commons/contracts';
import type { z } from 'zod';
import { BadGateway } from '../http/errors.ts';
import { currentRequest } from '../http/request-context.ts';
import type { Logger } from '../log/logger.ts';
import { traceHeaders } from '../observability/tracing.ts';
import { DaprFailure, failureOf, toHttpError } from './failures.ts';
import { sdkLogger } from './sdk-logger.ts';
import { withTimeout } from './with-timeout.ts';

/** What a service may ask of its sidecar. Every method has a timeout and throws on failure. */
export type Dapr = {
  /** Calls another service. Its 4xx come back as the same HttpError; what is away or too slow as 502, 503, 504. */
  call<Call extends CallDefinition>(call: Call, input: z.input<Call['input']>): Promise<z.output<Call['output']>>;
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
    async call(call, input) {
      const answer = await invoke(
        call.app,
        pathOfCall(call),
        HttpMethod.POST,
        input,
        callHeaders(call),
        call.timeoutMs,
      );
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

function stateOf(client: DaprClient, store: string): Dapr['state'] {
  return {
    async get(key, schema) {
      const found: unknown = await withTimeout(STATE_TIMEOUT_MS, client.state.get(store, encodeURIComponent(key)));
      const parsed = schema.safeParse(found);
      return found === '' || found === undefined || found === null || !parsed.success ? undefined : parsed.data;
    },
    async set(key, value, { ttlSeconds } = {}) {
      const metadata = ttlSeconds === undefined ? {} : { metadata: { ttlInSeconds: String(ttlSeconds) } };
      const { error } = await withTimeout(
        STATE_TIMEOUT_MS,
        client.state.save(store, [{ key, value: value as object, ...metadata }]),
      );
      if (error) throw new DaprFailure(`saving state failed`, error);
    },
    async delete(key) {
      const result = await withTimeout(STATE_TIMEOUT_MS, client.state.delete(store, encodeURIComponent(key)));
      if (result.error) throw new DaprFailure(`deleting state failed`, result.error);
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
