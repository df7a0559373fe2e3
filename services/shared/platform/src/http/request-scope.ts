import { randomUUID } from 'node:crypto';
import { context as traceContext, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../log/logger.ts';
import type { ServiceMetrics } from '../observability/metrics.ts';
import { contextFrom } from '../observability/tracing.ts';
import { routeOf } from './matched-route.ts';
import { withRequest, type RequestContext } from './request-context.ts';

/** Paths that are asked all the time and say nothing: neither traced nor logged. */
const QUIET = /^\/(healthz|readyz|metrics|dapr\/|events\/ignored|internal\/ListRevocations)/;

/**
 * The outermost middleware: gives each request its ids and its span, carries them through everything that follows,
 * and measures and logs it when it is done.
 */
export function requestScope(host: { tracer: Tracer; metrics: ServiceMetrics; log: Logger }) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const scope = scopeOf(request);
    response.set('x-request-id', scope.requestId);
    const isQuiet = QUIET.test(request.path);
    const parent = contextFrom(request.headers as Record<string, string>);
    const span = isQuiet
      ? undefined
      : host.tracer.startSpan(`${request.method} ${request.path}`, { kind: SpanKind.SERVER }, parent);
    const startedAt = performance.now();
    const work = (): void => {
      response.once('close', traceContext.bind(traceContext.active(), finish));
      next();
    };

    function finish(): void {
      const seconds = (performance.now() - startedAt) / 1000;
      const route = routeOf(request);
      host.metrics.requestServed({ method: request.method, route, status: response.statusCode }, seconds);
      span?.updateName(`${request.method} ${route}`);
      span?.setAttribute('http.response.status_code', response.statusCode).end();
      if (!isQuiet)
        withRequest(scope, () =>
          host.log.info(
            { method: request.method, route, status: response.statusCode, ms: Math.round(seconds * 1e4) / 10 },
            'request',
          ),
        );
    }

    withRequest(scope, () => traceContext.with(span ? trace.setSpan(parent, span) : parent, work));
  };
}

function scopeOf(request: Request): RequestContext {
  const asked = request.get('x-request-id');
  const key = request.get('idempotency-key');
  return {
    requestId: asked !== undefined && /^[\x21-\x7e]{1,128}$/.test(asked) ? asked : randomUUID(),
    ip: request.get('x-client-ip') ?? null,
    userAgent: request.get('x-client-user-agent') ?? request.get('user-agent') ?? null,
    actorId: null,
    authorization: null,
    publicBaseUrl: request.get('x-public-base-url') ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`,
    ...(key !== undefined && { idempotencyKey: key }),
  };
}
