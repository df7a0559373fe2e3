const SEPARATOR = '||';

/** How a store's keys are prefixed: its `keyPrefix`, any word that is not one of Dapr's being the prefix itself. */
export type KeyPrefixing = { strategy: string; storeName: string; appId: string; namespace: string };

/** Why a key (or a prefix) cannot be used, or undefined when it can. */
export function keyProblem(key: string): string | undefined {
  return key.includes(SEPARATOR) ? `input key/keyPrefix '${key}' can't contain '${SEPARATOR}'` : undefined;
}

/** The key under which a store keeps what the app calls `key`, e.g. `post||feed-1`. */
export function prefixedKey(key: string, prefixing: KeyPrefixing): string {
  const prefix = prefixOf(prefixing);
  return prefix === undefined ? key : `${prefix}${SEPARATOR}${key}`;
}

/** What an app calls a key that the store returned; Dapr cuts it at the separators, whoever put them there. */
export function originalKey(prefixed: string): string {
  return prefixed.split(SEPARATOR)[1] ?? prefixed;
}

function prefixOf({ strategy, storeName, appId, namespace }: KeyPrefixing): string | undefined {
  if (strategy === 'none') return undefined;
  if (strategy === 'name') return storeName;
  if (strategy === 'appid') return appId;
  if (strategy === 'namespace') return namespace === '' ? appId : `${namespace}.${appId}`;
  return strategy;
}
