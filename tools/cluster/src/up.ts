import { clusterAt } from './cluster/cluster.ts';
import { findTarget } from './cluster/find-target.ts';
import type { ClusterConfig } from './config.ts';
import { layoutOf } from './node/layout.ts';
import { findClusterTools } from './programs/find-kubectl.ts';
import { commonsSteps } from './steps/commons-steps.ts';
import { nodeSteps } from './steps/node-steps.ts';
import type { NodeState } from './steps/node-steps.ts';
import { platformSteps } from './steps/platform-steps.ts';
import { runSteps } from './steps/run-steps.ts';

export type UpOptions = {
  /** Only the cluster with Dapr and an ingress controller, and not the platform on it. */
  isBare?: boolean;
};

/**
 * Brings up what is missing of a cluster with Dapr and an ingress controller: on the user's cluster where there is one, else on
 * a node of our own. Prints each step and how long it took.
 */
export async function up(
  config: ClusterConfig,
  print: (line: string) => void,
  { isBare = false }: UpOptions = {},
): Promise<void> {
  const layout = layoutOf(config.folder);
  const tools = await findClusterTools();
  const target = await findTarget({
    ownKubeconfig: layout.kubeconfig,
    isReachable: async (address) =>
      clusterAt(address, tools)
        .kubectl(['get', '--raw', '/readyz'], { timeoutMs: 20_000 })
        .then(
          () => true,
          () => false,
        ),
  });

  if (target.kind === 'existing') {
    const cluster = clusterAt(target.address, tools);
    print(`the cluster at ${target.title}`);
    await runSteps(platformSteps({ cluster: () => cluster, isOwn: false }), print);
    return;
  }
  const state: Partial<NodeState> = {};
  const cluster = clusterAt({ kubeconfig: layout.kubeconfig }, tools);
  const runtime = () => ({ ctr: state.ctr ?? 'ctr', socket: layout.containerdSocket });
  await runSteps(
    [
      ...nodeSteps(config, layout, state),
      ...platformSteps({ cluster: () => cluster, isOwn: true }),
      ...(isBare ? [] : commonsSteps({ cluster: () => cluster, runtime })),
    ],
    print,
  );
  print(`KUBECONFIG=${layout.kubeconfig}`);
  print(`ingresses answer at http://localhost:${config.ingressPort}`);
}
