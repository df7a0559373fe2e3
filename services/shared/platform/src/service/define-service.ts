import type { Server } from 'node:http';
import type { Express } from 'express';
import type { Connection } from 'mongoose';
import type { z } from 'zod';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Revocations } from '../auth/revocations.ts';
import type { TokenSource } from '../auth/token-source.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { Dapr } from '../dapr/dapr.ts';
import type { Announce } from '../events/announce.ts';
import type { Subscription } from '../events/subscription.ts';
import type { HealthCheck } from '../http/health.ts';
import type { Route } from '../http/route.ts';
import type { Logger } from '../log/logger.ts';
import type { Migration } from '../mongo/migrate.ts';
import type { RunTransaction } from '../mongo/transaction.ts';
import type { ServiceMetrics } from '../observability/metrics.ts';
import type { Clock } from './clock.ts';

/** What the platform gives every service; a service's own context extends it. */
export type BaseContext<Config = object> = {
  service: string;
  config: Config & PlatformConfig;
  log: Logger;
  clock: Clock;
  dapr: Dapr;
  /** The service's own database. Reading it throws in a service that is defined with `database: false`. */
  readonly db: Connection;
  transaction: RunTransaction;
  /** Publishes an event at once, without the outbox: for what may be lost, and is worth nothing later. */
  announce: Announce;
  authenticator: Authenticator;
  revocations: Pick<Revocations, 'add' | 'isRevoked'>;
  metrics: ServiceMetrics;
};

/** Makes a read model anew from its owner, while serving. Says how many entries it looked at and how many were off. */
export type Rebuild<Context> = { name: string; run: (ctx: Context) => Promise<{ checked: number; corrected: number }> };

export type ServiceHost<Context> = { app: Express; server: Server; ctx: Context };

export type ServiceDefinition<Schema extends z.ZodObject, Context extends BaseContext> = {
  /** Folder, package, Dapr app-id, image, chart, database and label in one. */
  name: string;
  /** Schema of the service's own environment variables. */
  config: Schema;
  /** Makes what handlers receive, once, at the start. */
  createContext: (base: BaseContext<z.output<Schema>>) => Context | Promise<Context>;
  routes?: readonly Route<Context>[];
  subscriptions?: readonly Subscription<Context>[];
  migrations?: readonly Migration[];
  rebuilds?: readonly Rebuild<Context>[];
  /** For the owner of tokens, who need not ask anybody: where keys and ended sessions come from in place of `auth`. */
  tokenSource?: (ctx: Context) => TokenSource;
  /** Parts beyond database and sidecar that `/readyz` looks at. */
  checks?: (ctx: Context) => Record<string, HealthCheck>;
  /** `false` for a service that keeps nothing. */
  database?: false;
  /**
   * `true` for a service that takes requests from outside, not only from its sidecar: it has no paths for the sidecar
   * or for other services, and leaves it to the services behind it to see which sessions have ended.
   */
  isEdge?: boolean;
  /** Adds middleware before the routes; for what a route cannot express. */
  mount?: (host: { app: Express; ctx: Context }) => void;
  /** Adds handlers of the server, e.g. of WebSocket upgrades. */
  attach?: (host: ServiceHost<Context>) => void;
  /** Ends what a server does not end by itself, e.g. WebSockets: called first when the service stops. */
  drain?: (ctx: Context) => Promise<void> | void;
  /** Work that runs beside the requests: called once everything is up, and when it stops. */
  start?: (ctx: Context) => Promise<void> | void;
  stop?: (ctx: Context) => Promise<void> | void;
};

/** A service whose types have done their work: what a launcher handles. */
export type AnyService = ServiceDefinition<z.ZodObject, BaseContext>;

/** Declares a service: the whole of it on one page. */
export function defineService<Schema extends z.ZodObject, Context extends BaseContext>(
  definition: ServiceDefinition<Schema, Context>,
): ServiceDefinition<Schema, Context> {
  return definition;
}
