import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onPath } from '../programs/system-tools.ts';
import { run } from '../run.ts';
import type { ClusterAddress } from './cluster.ts';

/** Which cluster is meant: one that is there, or a node of our own. */
export type Target =
  | {
      kind: 'existing';
      address: ClusterAddress;
      title: string;
      /** Its name, where kind runs it. */ kindCluster?: string;
    }
  | { kind: 'own' };

export type FindTargetOptions = {
  env?: NodeJS.ProcessEnv;
  /** Our own node's kubeconfig, which is no other cluster. */
  ownKubeconfig: string;
  /** Whether a cluster answers. */
  isReachable: (address: ClusterAddress) => Promise<boolean>;
  /** The names of the clusters that kind runs. */
  kindClusters?: () => Promise<string[]>;
};

/**
 * The cluster that `COMMONS_KUBE_CONTEXT` names, or that `KUBECONFIG` leads to, or that kind runs; else our own node. The
 * kubeconfig in the home folder alone does not count: its current cluster may be anybody's. Rejects when a named one is away.
 */
export async function findTarget(options: FindTargetOptions): Promise<Target> {
  const { env = process.env, ownKubeconfig, isReachable, kindClusters = askKind } = options;
  const context = env['COMMONS_KUBE_CONTEXT'];
  const kubeconfig = env['KUBECONFIG'];
  const isOwn = kubeconfig !== undefined && (await sameFile(kubeconfig, ownKubeconfig));
  const fallback = join(env['HOME'] ?? homedir(), '.kube', 'config');

  if (context) {
    const kindCluster = (await kindClusters()).find((name) => context === `kind-${name}`);
    return reachable({ kubeconfig: kubeconfig ?? fallback, context }, `context ${context}`, kindCluster);
  }
  if (isOwn) return { kind: 'own' };
  if (kubeconfig) return reachable({ kubeconfig }, `KUBECONFIG=${kubeconfig}`);
  const [kind] = await kindClusters();
  if (kind) return reachable({ kubeconfig: fallback, context: `kind-${kind}` }, `context kind-${kind}`, kind);
  return { kind: 'own' };

  async function reachable(address: ClusterAddress, title: string, kindCluster?: string): Promise<Target> {
    if (await isReachable(address)) return { kind: 'existing', address, title, ...(kindCluster && { kindCluster }) };
    throw new Error(`No cluster answers at ${title}. Start it, or unset the variable to have a node made here.`);
  }
}

async function sameFile(one: string, other: string): Promise<boolean> {
  if (one.includes(delimiter)) return false;
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => path)));
  return first === second;
}

async function askKind(): Promise<string[]> {
  const kind = await onPath('kind');
  if (kind === undefined) return [];
  const answer = await run(kind, ['get', 'clusters']).catch(() => '');
  return answer.split('\n').filter(Boolean);
}
