import { isInScope, type Resource } from '../resources/resource.ts';
import type { BreakerSettings } from './circuit-breaker.ts';
import { parseDurationMs } from './duration.ts';
import { parseRetry, type RetrySettings, type RetrySpec } from './retry.ts';

/** The names of the policies of a target. */
export type PolicyNames = { timeout?: string; retry?: string; circuitBreaker?: string };

/** All Resiliency resources that an app sees, as one. */
export type ResiliencySettings = {
  timeouts: Map<string, number>;
  retries: Map<string, RetrySettings>;
  breakers: Map<string, BreakerSettings>;
  apps: Map<string, PolicyNames>;
  components: Map<string, { inbound?: PolicyNames; outbound?: PolicyNames }>;
};

export const BUILT_IN_SERVICE_RETRIES = 'DaprBuiltInServiceRetries';
const BUILT_IN_MINIMUM = 3;

type BreakerSpec = {
  maxRequests?: string | number;
  interval?: string | number;
  timeout?: string | number;
  trip?: string;
};

type ResiliencySpec = {
  policies?: {
    timeouts?: Record<string, string | number>;
    retries?: Record<string, RetrySpec>;
    circuitBreakers?: Record<string, BreakerSpec>;
  };
  targets?: {
    apps?: Record<string, PolicyNames>;
    components?: Record<string, { inbound?: PolicyNames; outbound?: PolicyNames }>;
  };
};

export function readResiliency(resources: readonly Resource[], appId: string, namespace: string): ResiliencySettings {
  const settings: ResiliencySettings = {
    timeouts: new Map(),
    retries: new Map([[BUILT_IN_SERVICE_RETRIES, parseRetry({ policy: 'constant', duration: '1s', maxRetries: 3 })]]),
    breakers: new Map(),
    apps: new Map(),
    components: new Map(),
  };
  for (const resource of resources) {
    if (resource.kind === 'Resiliency' && isInScope(resource, appId, namespace)) addResource(settings, resource);
  }
  return settings;
}

function addResource(settings: ResiliencySettings, { spec = {} }: Resource): void {
  const { policies = {}, targets = {} } = spec as ResiliencySpec;
  for (const [name, timeout] of Object.entries(policies.timeouts ?? {})) {
    settings.timeouts.set(name, parseDurationMs(timeout));
  }
  for (const [name, retry] of Object.entries(policies.retries ?? {})) {
    settings.retries.set(name, atLeastBuiltIn(name, parseRetry(retry)));
  }
  for (const [name, breaker] of Object.entries(policies.circuitBreakers ?? {})) {
    settings.breakers.set(name, parseBreaker(name, breaker));
  }
  for (const [name, names] of Object.entries(targets.apps ?? {})) settings.apps.set(name, names);
  for (const [name, names] of Object.entries(targets.components ?? {})) settings.components.set(name, names);
}

function atLeastBuiltIn(name: string, retry: RetrySettings): RetrySettings {
  if (!name.startsWith('DaprBuiltIn')) return retry;
  return { ...retry, maxRetries: Math.max(retry.maxRetries, BUILT_IN_MINIMUM) };
}

function parseBreaker(name: string, spec: BreakerSpec): BreakerSettings {
  return {
    name,
    maxRequests: Number(spec.maxRequests ?? 1),
    intervalMs: parseDurationMs(spec.interval ?? 0),
    timeoutMs: parseDurationMs(spec.timeout ?? '60s'),
    trip: spec.trip ?? '',
  };
}
