import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { z } from 'zod';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Revocations } from '../auth/revocations.ts';
import { deadLetterRoutes } from '../events/dead-letters.ts';
import { handleAgain, type EventHost } from '../events/mount-events.ts';
import type { Tracing } from '../observability/tracing.ts';
import { buildApp } from './build-app.ts';
import { databaseCheck, sidecarCheck } from './checks.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Database } from './open-database.ts';
import { rebuildRoutes } from './rebuilds.ts';

export type Running<Context> = {
  app: Express;
  server: Server;
  port: number;
  ctx: Context;
  /** Stops gracefully: takes nothing new, ends what is in hand (requests, events, outbox), closes all; twice is once. */
  stop(): Promise<void>;
};

type Parts<Context> = {
  ctx: Context;
  base: BaseContext;
  tracing: Tracing;
  database: Database | undefined;
  revocations: Revocations;
  authenticator: Authenticator;
};

/** Puts a service on its port and starts what runs beside the requests. */
export async function serve<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  { ctx, base, tracing, database, revocations, authenticator }: Parts<Context>,
): Promise<Running<Context>> {
  const { config, log } = base;
  let isOpen = false;
  const events: EventHost<Context> = {
    service: definition.name,
    subscriptions: definition.subscriptions ?? [],
    pubsub: config.PUBSUB_COMPONENT,
    broadcast: config.BROADCAST_COMPONENT,
    ctx,
    db: database?.db,
    transaction: base.transaction,
    queue: createKeyedQueue(),
    tracer: tracing.tracer,
    log,
    metrics: base.metrics,
  };
  const app = buildApp({
    service: definition.name,
    tracer: tracing.tracer,
    isEdge: definition.isEdge ?? false,
    appToken: config.APP_API_TOKEN,
    health: {
      checks: {
        ...(database && { database: databaseCheck(database.db) }),
        sidecar: sidecarCheck(config),
        ...definition.checks?.(ctx),
      },
      isOpen: () => isOpen,
    },
    routes: [...(definition.routes ?? []), ...adminRoutes(definition, database, events)],
    routeHost: {
      ctx,
      log,
      authenticator,
      idempotency: database?.idempotency,
      validateAnswers: config.VALIDATE_ANSWERS,
    },
    events,
    mount: definition.mount && ((mounted) => definition.mount?.({ app: mounted, ctx })),
  });
  const server: Server = createServer(
    {
      requestTimeout: config.REQUEST_LIMIT_MS,
      headersTimeout: Math.min(10_000, config.REQUEST_LIMIT_MS),
      connectionsCheckingInterval: Math.min(1_000, config.REQUEST_LIMIT_MS),
      keepAliveTimeout: 65_000,
      shouldUpgradeCallback: (request): boolean => isWebSocket(request) && server.listenerCount('upgrade') > 0,
    },
    app,
  );
  definition.attach?.({ app, server, ctx });
  await listen(server, config.APP_PORT, config.APP_HOST);
  try {
    if (!definition.isEdge) await revocations.start();
    await database?.relay.start();
    await definition.start?.(ctx);
  } catch (error) {
    await endWork();
    throw error;
  }
  isOpen = true;
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'service started');

  async function endWork(): Promise<void> {
    isOpen = false;
    revocations.stop();
    const closed = closeServer(server, config.SHUTDOWN_LIMIT_MS);
    await definition.drain?.(ctx);
    await closed;
    await definition.stop?.(ctx);
    await database?.relay.stop(config.SHUTDOWN_LIMIT_MS / 2);
  }

  async function close(): Promise<void> {
    log.info('service stopping');
    await endWork();
    await database?.close();
    await tracing.close();
    log.info('service stopped');
  }
  let closing: Promise<void> | undefined;
  return { app, server, port, ctx, stop: () => (closing ??= close()) };
}

function adminRoutes<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
  database: Database | undefined,
  events: EventHost<Context>,
) {
  if (!database) return [];
  const { db } = database;
  return [
    ...deadLetterRoutes<Context>({ service: definition.name, db, handle: (envelope) => handleAgain(envelope, events) }),
    ...rebuildRoutes({ service: definition.name, db, rebuilds: definition.rebuilds ?? [], log: events.log }),
  ];
}

/** Offers of other protocols (HTTP/2, as some clients make by default) are answered as ordinary requests. */
const isWebSocket = (request: IncomingMessage): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Waits for the requests in hand; what is not done at the limit is cut off. */
async function closeServer(server: Server, limitMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), limitMs);
  // A connection whose request ends only now would be kept alive, and the server with it.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
  clearTimeout(timer);
}
