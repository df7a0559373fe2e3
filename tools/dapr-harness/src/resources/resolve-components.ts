import type { SecretReader } from '../api/component-family.ts';
import type { Component } from './component.ts';
import { fillTemplates, itemValue, type Viewer } from './item-value.ts';
import { isInScope, type Resource, type ResourceItem } from './resource.ts';

/** What opens the secret stores of an app, so that other components can refer to their secrets. */
export type SecretsOpener = (stores: readonly Component[]) => SecretReader;

const noSecrets: SecretReader = (store) => Promise.reject(new Error(`secret store ${store} is not configured`));

/** The components that an app sees, secret stores first, with every value resolved. */
export async function resolveComponents(
  resources: readonly Resource[],
  viewer: Viewer,
  openSecrets: SecretsOpener,
): Promise<Component[]> {
  const seen = resources.filter(
    (resource) => resource.kind === 'Component' && isInScope(resource, viewer.appId, viewer.namespace),
  );
  const stores = await resolveAll(seen.filter(isSecretStore), viewer, noSecrets);
  const others = await resolveAll(
    seen.filter((resource) => !isSecretStore(resource)),
    viewer,
    openSecrets(stores),
  );
  return [...stores, ...others];
}

function isSecretStore(resource: Resource): boolean {
  const { type = '' } = (resource.spec ?? {}) as ComponentSpec;
  return type.startsWith('secretstores.');
}

function resolveAll(resources: readonly Resource[], viewer: Viewer, readSecret: SecretReader): Promise<Component[]> {
  return Promise.all(resources.map((resource) => resolveComponent(resource, viewer, readSecret)));
}

type ComponentSpec = { type?: string; version?: string; metadata?: readonly ResourceItem[]; ignoreErrors?: boolean };

async function resolveComponent(resource: Resource, viewer: Viewer, readSecret: SecretReader): Promise<Component> {
  const spec = (resource.spec ?? {}) as ComponentSpec;
  const { type = '', version = 'v1', metadata: items = [], ignoreErrors = false } = spec;
  const metadata: Record<string, string> = {};
  for (const item of items) {
    metadata[item.name] = fillTemplates(await itemValue(item, resource, readSecret), viewer);
  }
  return {
    name: resource.metadata.name,
    type,
    version,
    metadata,
    scopes: resource.scopes ?? [],
    ignoreErrors,
    isNamespaced: items.some((item) => String(item.value).includes('{namespace}')),
  };
}
