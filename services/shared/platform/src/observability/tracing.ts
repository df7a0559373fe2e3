import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export type Tracing = {
  tracer: Tracer;
  /** Sends what is still waiting. */
  close(): Promise<void>;
};

const propagator = new W3CTraceContextPropagator();

/** Once a process: how contexts follow asynchronous calls, and that they travel as `traceparent`. */
function shareContexts(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);
}
shareContexts();

/**
 * A tracer of its own for each service, so that several in one process stay apart.
 * @param endpoint base URL of an OTLP collector over HTTP; without it spans have ids but are not sent.
 * @param ratio share of traces that begin here and are kept.
 */
export function createTracing(options: { service: string; endpoint?: string | undefined; ratio: number }): Tracing {
  const processors = options.endpoint
    ? [
        new BatchSpanProcessor({
          exporter: new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` }),
        }),
      ]
    : [];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio) }),
    spanProcessors: processors,
  });
  return { tracer: provider.getTracer('commons'), close: () => provider.shutdown() };
}

/** The context that a `traceparent` names; an empty one where it names none. */
export function contextFrom(headers: { traceparent?: string | undefined; tracestate?: string | undefined }): Context {
  return propagation.extract(ROOT_CONTEXT, headers);
}

/** `traceparent` (and `tracestate`) of the work in hand, to be sent along. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The trace id of the work in hand, 32 hexadecimal digits. */
export function currentTraceId(): string | undefined {
  const id = trace.getActiveSpan()?.spanContext().traceId;
  return id === '00000000000000000000000000000000' ? undefined : id;
}

/** Runs `work` in a span; an error marks the span and goes on. */
export async function inSpan<T>(
  tracer: Tracer,
  name: string,
  options: { kind?: SpanKind; parent?: Context; attributes?: Record<string, string | number> },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = options.parent ?? context.active();
  const span = tracer.startSpan(
    name,
    { kind: options.kind ?? SpanKind.INTERNAL, attributes: options.attributes ?? {} },
    parent,
  );
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
