import type { Tracer } from '@opentelemetry/api';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { mountEvents, type EventHost } from '../events/mount-events.ts';
import { requireAppToken } from '../http/app-token.ts';
import { RouteNotFound } from '../http/errors.ts';
import { mountHealth, type HealthOptions } from '../http/health.ts';
import { describeRoutes } from '../http/openapi.ts';
import { problemHandler } from '../http/problem.ts';
import { registerRoutes, type RouteHost } from '../http/register-routes.ts';
import { requestScope } from '../http/request-scope.ts';
import type { Route } from '../http/route.ts';

export type AppOptions<Context> = {
  service: string;
  tracer: Tracer;
  /** Whether requests come from outside. */
  isEdge: boolean;
  /** What the sidecar proves itself with, where an app asks for it. */
  appToken: string | undefined;
  health: HealthOptions;
  routes: readonly Route<Context>[];
  routeHost: Omit<RouteHost<Context>, 'app'>;
  events: EventHost<Context>;
  mount: ((app: Express) => void) | undefined;
};

/** The Express app of a service, from the outermost middleware to the handler of errors. */
export function buildApp<Context>(options: AppOptions<Context>): Express {
  const { service, tracer, isEdge, appToken, health, routes, routeHost, events, mount } = options;
  const app = express();
  app.set('query parser', 'simple');
  app.set('x-powered-by', false);
  app.set('etag', false);
  app.use(requestScope({ tracer, metrics: events.metrics, log: routeHost.log }));
  app.use(helmet());
  if (appToken !== undefined && !isEdge) app.use(requireAppToken(appToken));
  mountHealth(app, health);
  app.get('/metrics', async (_request, response) => {
    response.type(events.metrics.registry.contentType).send(await events.metrics.registry.metrics());
  });
  if (!isEdge) mountEvents(app, events);
  mount?.(app);
  if (!isEdge)
    app.get('/internal/openapi', (_request, response) => void response.json(describeRoutes(service, routes)));
  registerRoutes(routes, { ...routeHost, app });
  app.use(() => {
    throw new RouteNotFound();
  });
  app.use(problemHandler(routeHost.log));
  return app;
}
