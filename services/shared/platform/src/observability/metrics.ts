import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '../service/within.ts';

export type ServiceMetrics = {
  registry: Registry;
  /** Rate, errors and duration of a route. `seconds` is the whole of the request. */
  requestServed(labels: { method: string; route: string; status: number }, seconds: number): void;
  /** One delivery of an event; `lagSeconds` from its time to its handling. */
  eventHandled(type: string, outcome: string, lagSeconds: number): void;
  eventPublished(type: string): void;
};

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** While the database is away, all else is still told. */
const DEPTH_LIMIT_MS = 1_000;

/**
 * The metrics of one service, in a registry of its own.
 * @param outboxDepth counts the events that wait.
 * @param ownProcess whether the process is this service's alone, so that its own figures belong to it.
 */
export function createMetrics(options: {
  service: string;
  outboxDepth?: (() => Promise<number>) | undefined;
  ownProcess: boolean;
}): ServiceMetrics {
  const registry = new Registry();
  const registers = [registry];
  registry.setDefaultLabels({ service: options.service });
  if (options.ownProcess) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const handled = new Counter({
    name: 'events_handled_total',
    help: 'Deliveries of events by outcome',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const published = new Counter({
    name: 'events_published_total',
    help: 'Events that left the outbox',
    labelNames: ['type'],
    registers,
  });
  const lag = new Histogram({
    name: 'event_lag_seconds',
    help: 'From the time of an event to its handling',
    labelNames: ['type'],
    buckets: SECONDS,
    registers,
  });
  const { outboxDepth } = options;
  if (outboxDepth) {
    new Gauge({
      name: 'outbox_depth',
      help: 'Events that wait to be published',
      registers,
      async collect() {
        const isKnown = await within(
          DEPTH_LIMIT_MS,
          outboxDepth().then((depth) => this.set(depth)),
        );
        if (!isKnown) this.set(Number.NaN);
      },
    });
  }
  return {
    registry,
    requestServed: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    eventHandled(type, outcome, lagSeconds) {
      handled.inc({ type, outcome });
      lag.observe({ type }, lagSeconds);
    },
    eventPublished: (type) => published.inc({ type }),
  };
}
