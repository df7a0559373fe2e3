/**
 * A Dapr component as one app sees it: in its scope, with `envRef` and `secretKeyRef` resolved and the templates `{uuid}`, `{appID}`,
 * `{namespace}` and `{podName}` filled in. Metadata keys keep the case of the file; read them with `metadataValue`.
 */
export type Component = {
  name: string;
  type: string;
  version: string;
  metadata: Record<string, string>;
  scopes: readonly string[];
  ignoreErrors: boolean;
  /** Whether a value used `{namespace}`: such a pub/sub prefixes its topics with the namespace. */
  isNamespaced: boolean;
};

/** A metadata entry by any of its names, in any case, as Dapr's components read theirs. */
export function metadataValue(component: Component, ...names: string[]): string | undefined {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.entries(component.metadata).find(([key]) => wanted.has(key.toLowerCase()))?.[1];
}

const TRUE_WORDS = new Set(['y', 'yes', 'true', 't', 'on', '1']);

/** Whether a metadata word means true: y, yes, true, t, on or 1 in any case. */
export function isTruthy(word: string | undefined): boolean {
  return TRUE_WORDS.has((word ?? '').trim().toLowerCase());
}
