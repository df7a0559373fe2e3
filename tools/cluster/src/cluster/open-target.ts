import type { ClusterConfig } from '../config.ts';
import { layoutOf } from '../node/layout.ts';
import { findClusterTools } from '../programs/find-kubectl.ts';
import { clusterAt } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { findTarget } from './find-target.ts';
import type { Target } from './find-target.ts';

/** The cluster that is meant, spoken to by its tools. Our own node need not run yet. */
export async function openTarget(config: ClusterConfig): Promise<{ target: Target; cluster: Cluster }> {
  const { kubeconfig } = layoutOf(config.folder);
  const tools = await findClusterTools();
  const target = await findTarget({
    ownKubeconfig: kubeconfig,
    isReachable: async (address) =>
      clusterAt(address, tools)
        .kubectl(['get', '--raw', '/readyz'], { timeoutMs: 20_000 })
        .then(
          () => true,
          () => false,
        ),
  });
  return { target, cluster: clusterAt(target.kind === 'existing' ? target.address : { kubeconfig }, tools) };
}
