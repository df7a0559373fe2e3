import { isAbsolute, join, resolve } from 'node:path';
import { packageFolder } from './package-folder.ts';

export type ClusterConfig = {
  /** Where everything of our own node lies. */
  folder: string;
  /** Ports of this machine's loopback. */
  apiPort: number;
  ingressPort: number;
};

/** A socket's path may have 107 characters, and the longest of ours is `/containerd.sock`. */
const longestFolder = 107 - '/containerd.sock'.length;

/** Reads what of a node is the user's choice. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ClusterConfig {
  const root = resolve(packageFolder(), '..', '..');
  const chosen = env['COMMONS_CLUSTER_DIR'] ?? join('.data', 'cluster');
  const folder = isAbsolute(chosen) ? chosen : join(root, chosen);
  if (folder.length > longestFolder) {
    throw new Error(`${folder} is too long a path: name a folder of ${longestFolder} letters in COMMONS_CLUSTER_DIR.`);
  }
  return {
    folder,
    apiPort: portFrom(env, 'COMMONS_CLUSTER_API_PORT', 26443),
    ingressPort: portFrom(env, 'COMMONS_CLUSTER_HTTP_PORT', 28080),
  };
}

function portFrom(env: NodeJS.ProcessEnv, name: string, ifUnset: number): number {
  const port = Number(env[name] ?? ifUnset);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} is ${env[name]}, which is no port.`);
}
