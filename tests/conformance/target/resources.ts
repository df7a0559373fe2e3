import { stringify } from 'yaml';

/** A component's YAML. */
export function component(
  name: string,
  type: string,
  metadata: Record<string, string> = {},
  more: { scopes?: string[]; ignoreErrors?: boolean } = {},
): string {
  const { scopes, ...spec } = more;
  return stringify({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: {
      type,
      version: 'v1',
      metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })),
      ...spec,
    },
    ...(scopes ? { scopes } : {}),
  });
}

/** A Configuration's YAML. */
export function configuration(name: string, spec: object): string {
  return stringify({ apiVersion: 'dapr.io/v1alpha1', kind: 'Configuration', metadata: { name }, spec });
}

/** A Resiliency's YAML. */
export function resiliency(name: string, spec: object, scopes?: string[]): string {
  return stringify({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Resiliency',
    metadata: { name },
    spec,
    ...(scopes ? { scopes } : {}),
  });
}

/** An HTTPEndpoint's YAML. */
export function httpEndpoint(
  name: string,
  spec: { baseUrl: string; headers?: { name: string; value: string }[] },
): string {
  return stringify({ apiVersion: 'dapr.io/v1alpha1', kind: 'HTTPEndpoint', metadata: { name }, spec });
}

/** A declarative Subscription's YAML, of version v2alpha1 unless the spec has a `route`. */
export function subscription(name: string, spec: object, scopes?: string[]): string {
  const version = 'route' in spec ? 'v1alpha1' : 'v2alpha1';
  return stringify({
    apiVersion: `dapr.io/${version}`,
    kind: 'Subscription',
    metadata: { name },
    spec,
    ...(scopes ? { scopes } : {}),
  });
}
