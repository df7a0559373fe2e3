import type { Component } from '../resources/component.ts';
import { createLocalEnvStore } from './local-env-store.ts';
import { createLocalFileStore } from './local-file-store.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * Opens a secret store component.
 * @throws Error for a bad configuration, and for Kubernetes: outside of a cluster daprd has no API server to ask, and does not start.
 */
export function openSecretStore(component: Component): SecretStore {
  if (component.type === 'secretstores.local.file') return createLocalFileStore(component);
  if (component.type === 'secretstores.local.env') return createLocalEnvStore(component, process.env);
  if (component.type === 'secretstores.kubernetes') throw new Error('there is no Kubernetes API server here');
  throw new Error(
    `couldn't find secret store ${component.type}/${component.version}: the harness has local.file and local.env`,
  );
}
