import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { CallDefinition, EventData, EventDefinition, EventMeta, Revocation } from '@commons/contracts';
import { createDaprHarness, type DaprHarness } from '@commons/dapr-harness';
import type { DestinationStream } from 'pino';
import type { Test } from 'supertest';
import type { z } from 'zod';
import { environment as processEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/load-config.ts';
import type { Clock } from '../service/clock.ts';
import { createService } from '../service/create-service.ts';
import type { BaseContext, ServiceDefinition } from '../service/define-service.ts';
import { createClient, requestCall, type CallOptions, type Client } from './client.ts';
import { fakeAuth, startFakeApp, type FakeCall } from './fake-service.ts';
import { createTokenMaker, type TestUser } from './fake-users.ts';
import { testDatabase } from './test-database.ts';
import { resourcesOf } from './test-resources.ts';
import { until } from './until.ts';

export type BuildOptions = {
  /** What other services answer; `auth`'s keys and revocations are there without being asked for. */
  fakes?: FakeCall[];
  /** What other apps answer beside the calls among `fakes`, by app-id; for a service that passes requests on. */
  apps?: Record<string, RequestListener>;
  /** Variables of the service under test. */
  environment?: Environment;
  clock?: Clock;
  /** Takes the service's log lines; `LOG_LEVEL` says which. */
  logDestination?: DestinationStream;
  /** Secrets in the Dapr secret store. */
  secrets?: Record<string, string>;
  /** `true` for `auth` itself, which answers its own calls. */
  isAuth?: boolean;
};

export type PublishedEvent = {
  id: string;
  type: string;
  source: string;
  subject?: string;
  data: Record<string, unknown>;
};

export type DeliverOptions = { id?: string; times?: number; meta?: Partial<EventMeta> };

/** A service as it really is, with a database of its own, the harness as its sidecar and fakes of the others. */
export type ServiceUnderTest<Context> = {
  ctx: Context;
  port: number;
  harness: DaprHarness;
  /** Requests in the name of a user, or of nobody. */
  as(user?: TestUser): Client;
  tokenFor(user: TestUser, options?: { expiresInSeconds?: number }): string;
  /** A call of another service to this one. */
  call<Call extends CallDefinition>(call: Call, input: z.input<Call['input']>, options?: CallOptions): Test;
  /** Has an event delivered, as if its owner had published it, and waits until it is dealt with. */
  deliver<E extends EventDefinition>(event: E, data: EventData<E>, options?: DeliverOptions): Promise<void>;
  /** What the service has published so far: all that left its outbox. */
  published(event: EventDefinition): Promise<PublishedEvent[]>;
  /** Waits until no event is on its way. */
  settled(): Promise<void>;
  /** Ends a session, as far as this service is told. */
  revoke(revocation: Revocation): void;
  stop(): Promise<void>;
};

const OTHER_APP = 'other-service';

/** What sidecars of the platform let through: daprd's own default is too little for an image. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Builds a service for a test. Call `stop()` when done; its database goes with it. */
export async function buildService<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  {
    fakes = [],
    apps: others = {},
    environment = {},
    clock,
    logDestination,
    secrets = {},
    isAuth = false,
  }: BuildOptions = {},
): Promise<ServiceUnderTest<Context>> {
  const tokens = createTokenMaker({ issuer: 'https://commons.local', audience: 'commons', ...(clock && { clock }) });
  const revocations: Revocation[] = [];
  const all = isAuth ? fakes : [...fakes, ...fakeAuth(tokens.jwks, revocations)];
  const apps = await startFakes(all, others);
  const harness = await createDaprHarness({
    resources: resourcesOf(secrets, definition.subscriptions),
    apps: [{ id: definition.name }, { id: OTHER_APP }, ...apps.map(({ id, app }) => ({ id, appPort: app.port }))].map(
      (app) => ({ ...app, maxBodyBytes: MAX_BODY_BYTES }),
    ),
  });
  const database = testDatabase();
  const release = async (): Promise<void> => {
    await harness.close();
    await Promise.all(apps.map(({ app }) => app.close()));
    if (definition.database !== false) await database.drop(definition.name);
  };
  const starting = createService(definition, {
    environment: {
      MONGODB_URI: database.uri,
      DATABASE_PREFIX: database.prefix,
      DAPR_HTTP_PORT: String(harness.sidecar(definition.name).port),
      LOG_LEVEL: processEnvironment['TEST_LOG_LEVEL'] ?? 'silent',
      REVOCATION_POLL_MS: '50',
      VALIDATE_ANSWERS: 'true',
      ...environment,
    },
    ...(clock && { clock }),
    ...(logDestination && { logDestination }),
  });
  const service = await starting.catch(async (error: unknown) => {
    await release();
    throw error;
  });
  await harness.sidecar(definition.name).connectApp(service.port);

  const settled = async (): Promise<void> => {
    if (definition.database !== false)
      await until(async () => (await service.ctx.db.collection('outbox').countDocuments()) === 0);
    await harness.settled({ timeoutMs: 10_000 });
  };
  return {
    ctx: service.ctx,
    port: service.port,
    harness,
    as: (user) => createClient(service.app, tokens, user),
    tokenFor: tokens.tokenFor,
    call: (call, input, options) => requestCall(service.app, tokens, call, input, options),
    async deliver(event, data, { id = randomUUID(), times = 1, meta = {} } = {}) {
      const envelope = envelopeOf(event, data, id, meta);
      for (let time = 0; time < times; time++) await publish(harness.sidecar(OTHER_APP).url, event.topic, envelope);
      await settled();
    },
    async published(event) {
      await settled();
      const accepted = harness.published({ topic: event.topic, type: event.type }) as unknown as PublishedEvent[];
      return accepted.filter(({ source }) => source === definition.name);
    },
    settled,
    revoke: (revocation) => void revocations.push(revocation),
    async stop() {
      await service.stop();
      await release();
    },
  };
}

async function startFakes(fakes: FakeCall[], others: Record<string, RequestListener>) {
  const ids = new Set([...fakes.map(({ call }) => call.app), ...Object.keys(others)]);
  const start = async (id: string) => {
    const calls = fakes.filter(({ call }) => call.app === id);
    return { id, app: await startFakeApp(calls, others[id]) };
  };
  return Promise.all([...ids].map(start));
}

function envelopeOf<E extends EventDefinition>(
  event: E,
  data: EventData<E>,
  id: string,
  meta: Partial<EventMeta>,
): object {
  return {
    specversion: '1.0',
    id,
    type: event.type,
    source: OTHER_APP,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { v: event.version, meta: { actor_id: null, ip: null, user_agent: null, ...meta }, ...data },
  };
}

async function publish(sidecar: string, topic: string, envelope: object): Promise<void> {
  const headers = { 'content-type': 'application/cloudevents+json' };
  const response = await fetch(`${sidecar}/v1.0/publish/pubsub/${topic}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(envelope),
  });
  if (!response.ok) throw new Error(`publishing answered ${response.status}: ${await response.text()}`);
}
