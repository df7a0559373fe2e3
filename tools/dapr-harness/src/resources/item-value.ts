import { randomUUID } from 'node:crypto';
import type { SecretReader } from '../api/component-family.ts';
import type { Resource, ResourceItem } from './resource.ts';

/** Who a resource is resolved for. `podName` is what `{podName}` stands for. */
export type Viewer = { appId: string; namespace: string; podName: string };

/** The value of an item: written there, from the environment (`envRef`), or from a secret store (`secretKeyRef`). */
export async function itemValue(item: ResourceItem, resource: Resource, readSecret: SecretReader): Promise<string> {
  if (item.envRef !== undefined) return process.env[item.envRef] ?? '';
  const reference = item.secretKeyRef;
  if (!reference || (item.value !== undefined && item.value !== '')) return asText(item.value);
  const store = resource.auth?.secretStore ?? '';
  const secret = await readSecret(store, reference.name);
  return secret[reference.key ?? reference.name] ?? '';
}

/** Fills in Dapr's templates: `{uuid}` (a new one each time), `{podName}`, `{namespace}` (with the app id) and `{appID}`. */
export function fillTemplates(value: string, { appId, namespace, podName }: Viewer): string {
  return value
    .replaceAll('{uuid}', () => randomUUID())
    .replaceAll('{podName}', podName)
    .replaceAll('{namespace}', `${namespace}.${appId}`)
    .replaceAll('{appID}', appId);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
