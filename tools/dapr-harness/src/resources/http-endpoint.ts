import type { SecretReader } from '../api/component-family.ts';
import { itemValue, type Viewer } from './item-value.ts';
import { isInScope, type Resource, type ResourceItem } from './resource.ts';

/** A host outside the platform that apps invoke by name. */
export type HttpEndpoint = { name: string; baseUrl: string; headers: Record<string, string> };

/** The HTTPEndpoints that an app sees, by name. */
export async function resolveHttpEndpoints(
  resources: readonly Resource[],
  viewer: Viewer,
  readSecret: SecretReader,
): Promise<Map<string, HttpEndpoint>> {
  const seen = resources.filter(
    (resource) => resource.kind === 'HTTPEndpoint' && isInScope(resource, viewer.appId, viewer.namespace),
  );
  const endpoints = new Map<string, HttpEndpoint>();
  for (const resource of seen) {
    const spec = (resource.spec ?? {}) as { baseUrl?: string; headers?: ResourceItem[] };
    const headers: Record<string, string> = {};
    for (const item of spec.headers ?? []) headers[item.name] = await itemValue(item, resource, readSecret);
    const { name } = resource.metadata;
    endpoints.set(name, { name, baseUrl: spec.baseUrl ?? '', headers });
  }
  return endpoints;
}
