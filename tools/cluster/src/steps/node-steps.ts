import { clusterAt } from '../cluster/cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { makeVolumes } from '../cluster/volumes.ts';
import { waitFor } from '../cluster/wait-for.ts';
import type { ClusterConfig } from '../config.ts';
import { importImages } from '../images/import-images.ts';
import { platformImages } from '../images/platform-images.ts';
import type { PodPrograms } from '../images/platform-images.ts';
import { nodeName } from '../node/layout.ts';
import type { Layout } from '../node/layout.ts';
import type { NodePrograms } from '../node/parts.ts';
import { startNode } from '../node/start-node.ts';
import { findPrograms } from '../programs/find-programs.ts';
import { coredns, dapr, kubernetes, pods, traefik } from '../programs/go-modules.ts';
import { findClusterTools } from '../programs/find-kubectl.ts';
import { findNodeDaemons } from '../programs/node-daemons.ts';
import { findSystemTools } from '../programs/system-tools.ts';
import type { Step } from './run-steps.ts';

/** What the steps hand on. */
export type NodeState = {
  cluster: Cluster;
  cniBin: string;
  ctr: string;
  nodePrograms: NodePrograms;
  podPrograms: PodPrograms;
};

/** From nothing to a node that takes pods and answers names. `state` is filled by the steps. */
export function nodeSteps({ apiPort, ingressPort }: ClusterConfig, layout: Layout, state: Partial<NodeState>): Step[] {
  const had = <K extends keyof NodeState>(name: K): NodeState[K] => state[name] as NodeState[K];
  return [
    {
      title: "the system's tools",
      async run() {
        refuseOtherMachines();
        state.cniBin = (await findSystemTools()).cniBin;
      },
    },
    {
      title: 'kubectl, helm, etcd and containerd',
      async run() {
        state.cluster = clusterAt({ kubeconfig: layout.kubeconfig }, await findClusterTools());
        const { ctr, ...daemons } = await findNodeDaemons();
        state.ctr = ctr;
        state.nodePrograms = daemons as NodePrograms;
      },
    },
    {
      title: 'programs built with Go',
      async run() {
        state.nodePrograms = { ...had('nodePrograms'), ...(await findPrograms(kubernetes)) };
        const [forDns, forDapr, forIngress, own] = [coredns, dapr, traefik, pods];
        state.podPrograms = {
          ...(await findPrograms(forDns)),
          ...(await findPrograms(forDapr)),
          ...(await findPrograms(forIngress)),
          ...(await findPrograms(own)),
        };
      },
    },
    {
      title: 'the node',
      async run() {
        const programs = had('nodePrograms');
        const started = await startNode({ layout, programs, cniBin: had('cniBin'), apiPort, ingressPort });
        await waitFor('the API server', 120_000, () => had('cluster').kubectl(['get', '--raw', '/readyz'], quick));
        return started ? 'started' : 'runs already';
      },
    },
    {
      title: "the platform's images",
      async run() {
        const runtime = { ctr: had('ctr'), socket: layout.containerdSocket };
        const images = platformImages(had('podPrograms'));
        const imported = await waitFor('containerd', 60_000, () => importImages(runtime, images));
        return imported.length > 0 ? `${imported.length} imported` : 'all there';
      },
    },
    {
      title: "the cluster's disks",
      run: () => makeVolumes(had('cluster'), layout.volumes),
    },
    {
      title: "the cluster's names",
      async run() {
        const { apply, kubectl, rolledOut } = had('cluster');
        await waitFor('the node', 120_000, () => kubectl(['wait', '--for=condition=Ready', `node/${nodeName}`], quick));
        await apply('coredns.yaml');
        await rolledOut('kube-system', 180_000);
      },
    },
  ];
}

const quick = { timeoutMs: 45_000 };

function refuseOtherMachines(): void {
  if (process.platform === 'linux' && process.getuid?.() === 0) return;
  throw new Error(
    'A node of its own needs Linux and root. Start a cluster (kind will do), and name its context in COMMONS_KUBE_CONTEXT.',
  );
}
