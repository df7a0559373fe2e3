import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import type { ClusterTools } from '../programs/find-kubectl.ts';
import { run } from '../run.ts';
import type { RunOptions } from '../run.ts';

/** Which cluster is spoken to. */
export type ClusterAddress = {
  kubeconfig: string;
  /** A context of the kubeconfig. Default: its current one. */
  context?: string | undefined;
};

/** A cluster that is spoken to by its tools. */
export type Cluster = {
  kubectl: (args: readonly string[], options?: RunOptions) => Promise<string>;
  helm: (args: readonly string[], options?: RunOptions) => Promise<string>;
  /** Applies a file of `manifests/`. */
  apply: (file: string) => Promise<void>;
  /** Waits until everything of a namespace that is rolled out has been. */
  rolledOut: (namespace: string, limitMs: number) => Promise<void>;
};

/** The functions that speak to a cluster. */
export function clusterAt({ kubeconfig, context }: ClusterAddress, tools: ClusterTools): Cluster {
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  const kubectl: Cluster['kubectl'] = (args, options) =>
    run(tools.kubectl, [...(context ? [`--context=${context}`] : []), ...args], { env, ...options });
  return {
    kubectl,
    helm: (args, options) =>
      run(tools.helm, [...args, ...(context ? [`--kube-context=${context}`] : [])], { env, ...options }),
    async apply(file) {
      await kubectl(['apply', '--server-side', '--force-conflicts', '-f', join(packageFolder(), 'manifests', file)]);
    },
    async rolledOut(namespace, limitMs) {
      const kinds = 'deployments,statefulsets,daemonsets';
      const names = (await kubectl(['get', kinds, '-n', namespace, '-o', 'name'])).split('\n').filter(Boolean);
      const timeout = `--timeout=${limitMs / 1000}s`;
      for (const name of names) {
        await kubectl(['rollout', 'status', name, '-n', namespace, timeout], { timeoutMs: limitMs + 10_000 });
      }
    },
  };
}
