import type { Configuration } from '../resources/configuration.ts';

/**
 * Whether an app may read a secret: a list of allowed ones says it all; without one, what is denied by name or by default is denied.
 * A store without a scope is open.
 */
export function isSecretAllowed({ secretScopes }: Configuration, store: string, name: string): boolean {
  const scope = secretScopes.find(({ storeName }) => storeName === store);
  if (!scope) return true;
  if (scope.allowedSecrets.length > 0) return scope.allowedSecrets.includes(name);
  return !scope.deniedSecrets.includes(name) && scope.defaultAccess === 'allow';
}
