import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';
import { REGISTRY } from '../images/platform-images.ts';
import { packageFolder } from '../package-folder.ts';
import { findDaprChart } from '../programs/dapr-chart.ts';
import { dapr } from '../programs/go-modules.ts';
import type { Step } from './run-steps.ts';

export type PlatformOptions = {
  /** The cluster, when the steps before have brought it about. */
  cluster: () => Cluster;
  /** Whether it is a node of our own, which has the images that we built. */
  isOwn: boolean;
};

const limitMs = 300_000;

/** From a cluster to one that has Dapr's control plane and an ingress controller. */
export function platformSteps({ cluster, isOwn }: PlatformOptions): Step[] {
  return [
    {
      title: "Dapr's control plane",
      async run() {
        if (!isOwn && (await hasResource(cluster(), 'crd/components.dapr.io'))) return 'there already';
        const registry = isOwn ? [`--set=global.registry=${REGISTRY}/dapr`] : [];
        await cluster().helm(
          [
            ...[
              'upgrade',
              '--install',
              'dapr',
              await findDaprChart(),
              '--namespace',
              'dapr-system',
              '--create-namespace',
            ],
            ...['--values', join(packageFolder(), 'manifests', 'dapr-values.yaml')],
            ...[`--set=global.tag=${dapr.version}`, ...registry],
          ],
          { timeoutMs: limitMs },
        );
        await cluster().rolledOut('dapr-system', limitMs);
        return undefined;
      },
    },
    {
      title: 'the ingress controller',
      async run() {
        if (!isOwn && (await cluster().kubectl(['get', 'ingressclasses', '-o', 'name'])) !== '') return 'there already';
        await cluster().apply('traefik.yaml');
        if (isOwn) await cluster().apply('node-ingress.yaml');
        await cluster().rolledOut('traefik', limitMs);
        return undefined;
      },
    },
  ];
}

async function hasResource({ kubectl }: Cluster, resource: string): Promise<boolean> {
  return (await kubectl(['get', resource, '--ignore-not-found', '-o', 'name'])) !== '';
}
