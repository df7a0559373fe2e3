import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Express } from 'express';
import type { z } from 'zod';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Revocations } from '../auth/revocations.ts';
import { deadLetterRoutes } from '../events/dead-letters.ts';
import { handleAgain, type EventHost } from '../events/mount-events.ts';
import { trackAnswers } from '../http/in-hand.ts';
import type { Tracing } from '../observability/tracing.ts';
import { buildApp } from './build-app.ts';
import { databaseCheck, sidecarCheck } from './checks.ts';
import type { BaseContext, ServiceDefinition } from './define-service.ts';
import { endInOrder, type EndStep } from './end-in-order.ts';
import { closeServer, createHttpServer, listen } from './http-server.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Database } from './open-database.ts';
import { rebuildRoutes } from './rebuilds.ts';

export type Running<Context> = {
  app: Express;
  server: Server;
  port: number;
  ctx: Context;
  /** Stops gracefully: serves on for a while where it is told to, then takes nothing new, ends what is in hand (requests, events, outbox), closes all; twice is once. */
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
  const server = createHttpServer(app, config);
  const answers = trackAnswers(server);
  definition.attach?.({ app, server, ctx });
  let closed: Promise<void> | undefined;
  const connections: EndStep = { name: 'connections', until: 0.5, run: () => definition.drain?.(ctx) };
  /** Those who ask are served first, then what runs beside them. */
  const work: EndStep[] = [
    connections,
    { name: 'requests', until: 0.6, run: () => closed },
    { name: 'work', until: 0.75, run: () => definition.stop?.(ctx) },
    { name: 'outbox', until: 0.85, run: () => database?.relay.stop(config.SHUTDOWN_LIMIT_MS) },
  ];
  const rest: EndStep[] = [
    { name: 'database', until: 0.95, run: () => database?.close() },
    { name: 'traces', until: 1, run: () => tracing.close() },
  ];
  /** Serves on until nobody sends any more; whoever is connected for long can go elsewhere at once. */
  async function leave(): Promise<void> {
    const limitMs = config.SHUTDOWN_LEAVE_MS;
    if (limitMs > 0) await Promise.all([endInOrder([connections], { limitMs, log }), wait(limitMs)]);
  }
  function end(steps: EndStep[]): Promise<void> {
    isOpen = false;
    revocations.stop();
    answers.leave();
    closed = closeServer(server, config.SHUTDOWN_LIMIT_MS * 0.6);
    return endInOrder(steps, { limitMs: config.SHUTDOWN_LIMIT_MS, log });
  }

  await listen(server, config.APP_PORT, config.APP_HOST);
  try {
    if (!definition.isEdge) await revocations.start();
    await database?.relay.start();
    await definition.start?.(ctx);
  } catch (error) {
    await end(work);
    throw error;
  }
  isOpen = true;
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'service started');

  async function close(): Promise<void> {
    log.info('service stopping');
    await leave();
    await end([...work, ...rest]);
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
