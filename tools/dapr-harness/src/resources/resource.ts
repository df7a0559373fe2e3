/** A metadata item of a Component or a header of an HTTPEndpoint: a value, or where to find it. */
export type ResourceItem = {
  name: string;
  value?: unknown;
  secretKeyRef?: { name: string; key?: string };
  envRef?: string;
};

/** A Dapr resource as its YAML reads. `spec` differs by kind. */
export type Resource = {
  apiVersion?: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: Record<string, unknown>;
  scopes?: readonly string[];
  auth?: { secretStore?: string };
};

/** Whether an app sees a resource: its scopes name the app or are empty, and its namespace is the app's or none. */
export function isInScope(resource: Resource, appId: string, namespace: string): boolean {
  const scopes = resource.scopes ?? [];
  const isNamed = scopes.length === 0 || scopes.includes(appId);
  return isNamed && [undefined, '', namespace].includes(resource.metadata.namespace);
}
