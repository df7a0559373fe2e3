import type { Resource } from '../resources/resource.ts';
import { createBreaker, type Breaker } from './circuit-breaker.ts';
import { runWithPolicy, type Policy } from './policy.ts';
import type { ResiliencyRunner, ResiliencyTarget } from './runner.ts';
import { BUILT_IN_SERVICE_RETRIES, readResiliency, type PolicyNames, type ResiliencySettings } from './settings.ts';

/** The resiliency of one app, from the Resiliency resources that it sees. Breakers live as long as it does. */
export function createResiliency(resources: readonly Resource[], appId: string, namespace: string): ResiliencyRunner {
  const settings = readResiliency(resources, appId, namespace);
  const breakers = new Map<string, Breaker>();
  const unlimited = new AbortController().signal;
  const policyOf = (target: ResiliencyTarget): Policy | undefined => {
    const names = namesOf(settings, target);
    return names && asPolicy(settings, names, breakers, breakerKey(target));
  };
  return {
    run: (target, operation) => runWithPolicy(policyOf(target), (signal = unlimited) => operation(signal)),
    policyOf,
    hasAppTarget: (name) => settings.apps.has(name),
    builtInServiceRetries: {
      timeoutMs: 0,
      retry: settings.retries.get(BUILT_IN_SERVICE_RETRIES),
      breaker: undefined,
    },
  };
}

function breakerKey(target: ResiliencyTarget): string {
  return target.kind === 'app' ? `app ${target.name} ${target.endpoint}` : `component ${target.name}`;
}

function namesOf(settings: ResiliencySettings, target: ResiliencyTarget): PolicyNames | undefined {
  if (target.kind === 'app') return settings.apps.get(target.name) ?? defaultsOf(settings, ['App']);
  const component = settings.components.get(target.name);
  if (component) return component[target.direction];
  const direction = target.direction === 'inbound' ? 'Inbound' : 'Outbound';
  const levels = [`${target.type ?? ''}Component${direction}`, `Component${direction}`, 'Component'];
  return defaultsOf(settings, levels);
}

/** Policies of names such as `DefaultAppRetryPolicy`, from the narrowest level to `DefaultRetryPolicy`. */
function defaultsOf(settings: ResiliencySettings, levels: readonly string[]): PolicyNames | undefined {
  const pick = (known: ReadonlyMap<string, unknown>, kind: string): string | undefined =>
    [...levels, ''].map((level) => `Default${level}${kind}Policy`).find((name) => known.has(name));
  const timeout = pick(settings.timeouts, 'Timeout');
  const retry = pick(settings.retries, 'Retry');
  const circuitBreaker = pick(settings.breakers, 'CircuitBreaker');
  if (timeout === undefined && retry === undefined && circuitBreaker === undefined) return undefined;
  return { ...(timeout && { timeout }), ...(retry && { retry }), ...(circuitBreaker && { circuitBreaker }) };
}

function asPolicy(
  settings: ResiliencySettings,
  names: PolicyNames,
  breakers: Map<string, Breaker>,
  key: string,
): Policy {
  const template = settings.breakers.get(names.circuitBreaker ?? '');
  if (template && !breakers.has(key)) breakers.set(key, createBreaker({ ...template, name: key }));
  return {
    timeoutMs: settings.timeouts.get(names.timeout ?? '') ?? 0,
    retry: settings.retries.get(names.retry ?? ''),
    breaker: template && breakers.get(key),
  };
}
