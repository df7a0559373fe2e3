import type { DestinationStream } from 'pino';
import type { z } from 'zod';
import { loadConfig, type Environment } from '../config/load-config.ts';
import { platformConfig } from '../config/platform-config.ts';
import { createAuthenticator } from '../auth/authenticate.ts';
import { createKeySource } from '../auth/jwks.ts';
import { createRevocations } from '../auth/revocations.ts';
import { askAuth } from '../auth/token-source.ts';
import { createTokenVerifier } from '../auth/verify-token.ts';
import { createDapr } from '../dapr/dapr.ts';
import { createAnnounce } from '../events/announce.ts';
import { createLogger } from '../log/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { createTracing } from '../observability/tracing.ts';
import { systemClock, type Clock } from './clock.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';
import { openDatabase } from './open-database.ts';
import { serve, type Running } from './serve.ts';

export type ServiceOptions = {
  environment: Environment;
  clock?: Clock;
  /** Where log lines go; stdout when left out. */
  logDestination?: DestinationStream;
  /** Whether the process is this service's alone. */
  ownProcess?: boolean;
};

export type Service<Context> = Running<Context> & { name: string };

/**
 * Starts a service: configuration, log, database and its migrations, context, HTTP, sidecar, relay of events, in
 * this order, so that it is reachable only when it can answer.
 * @throws InvalidConfiguration, or what kept a part from starting; everything begun is closed again.
 */
export async function createService<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  { environment, clock = systemClock, logDestination, ownProcess = false }: ServiceOptions,
): Promise<Service<Context>> {
  const { name } = definition;
  const config = { ...loadConfig(definition.config, environment), ...loadConfig(platformConfig, environment) };
  const log = createLogger({
    service: name,
    level: config.LOG_LEVEL,
    ...(logDestination && { destination: logDestination }),
  });
  const tracing = createTracing({
    service: name,
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
  });
  const dapr = createDapr({
    host: config.DAPR_HOST,
    port: config.DAPR_HTTP_PORT,
    apiToken: config.DAPR_API_TOKEN,
    pubsub: config.PUBSUB_COMPONENT,
    stateStore: config.STATE_COMPONENT,
    secretStore: config.SECRET_COMPONENT,
    log,
  });
  const database = await openDatabase(definition, { config, clock, dapr, log });
  try {
    const metrics = createMetrics({ service: name, ownProcess, outboxDepth: database?.relay.depth });
    database?.onPublished((type) => metrics.eventPublished(type));
    let tokens = askAuth(dapr);
    const revocations = createRevocations({
      list: (since) => tokens.revocations(since),
      pollMs: config.REVOCATION_POLL_MS,
      log,
    });
    const keys = createKeySource(() => tokens.keys(), clock);
    const verifyToken = createTokenVerifier({
      keys,
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      clock,
    });
    const authenticator = createAuthenticator({ verifyToken, revocations });
    const base = {
      service: name,
      config,
      log,
      clock,
      dapr,
      get db() {
        if (!database) throw new Error(`${name} is defined without a database`);
        return database.db;
      },
      transaction: database?.transaction ?? (() => Promise.reject(new Error(`${name} is defined without a database`))),
      announce: createAnnounce({ dapr, clock, source: name }),
      authenticator,
      revocations,
      metrics,
    } as BaseContext<z.output<Schema>>;
    const ctx = await definition.createContext(base);
    tokens = definition.tokenSource?.(ctx) ?? tokens;
    const running = await serve(definition, { ctx, base, tracing, database, revocations, authenticator });
    return { name, ...running };
  } catch (error) {
    await database?.close();
    await tracing.close();
    throw error;
  }
}
