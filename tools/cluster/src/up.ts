import { openTarget } from './cluster/open-target.ts';
import type { Target } from './cluster/find-target.ts';
import type { ClusterConfig } from './config.ts';
import { kindImages, nodeImages, registryImages } from './images/image-target.ts';
import type { ImageTarget } from './images/image-target.ts';
import { layoutOf } from './node/layout.ts';
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
 * Brings up what is missing of a cluster with Dapr, an ingress controller and the platform: on the user's cluster where there is one,
 * else on a node of our own. Prints each step and how long it took.
 */
export async function up(
  config: ClusterConfig,
  print: (line: string) => void,
  { isBare = false }: UpOptions = {},
): Promise<void> {
  const opened = await openTarget(config);
  const { target } = opened;
  const cluster = () => opened.cluster;

  if (target.kind === 'existing') {
    print(`the cluster at ${target.title}`);
    const images = isBare ? undefined : imagesOf(target, process.env);
    const platform = images ? commonsSteps({ cluster, images }) : [];
    await runSteps([...platformSteps({ cluster, isOwn: false }), ...platform], print);
    return;
  }
  const layout = layoutOf(config.folder);
  const state: Partial<NodeState> = {};
  const runtime = () => ({ ctr: state.ctr ?? 'ctr', socket: layout.containerdSocket });
  const publicUrl = `http://localhost:${config.ingressPort}`;
  await runSteps(
    [
      ...nodeSteps(config, layout, state),
      ...platformSteps({ cluster, isOwn: true }),
      ...(isBare ? [] : commonsSteps({ cluster, images: nodeImages(runtime), own: { runtime, publicUrl } })),
    ],
    print,
  );
  print(`KUBECONFIG=${layout.kubeconfig}`);
  print(isBare ? `ingresses answer at ${publicUrl}` : `${publicUrl}/docs: the API, to read and to try`);
}

/** How images get to the user's cluster. @throws Error where nobody has said it. */
export function imagesOf(target: Extract<Target, { kind: 'existing' }>, env: NodeJS.ProcessEnv): ImageTarget {
  const registry = env['COMMONS_IMAGE_REGISTRY'];
  if (registry) return registryImages(registry);
  if (target.kindCluster) return kindImages(target.kindCluster);
  throw new Error(
    'Say in COMMONS_IMAGE_REGISTRY to which registry images may be pushed that the cluster pulls from, or bring up everything but the platform: up --bare.',
  );
}
