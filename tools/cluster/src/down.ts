import type { ClusterConfig } from './config.ts';
import { layoutOf } from './node/layout.ts';
import { removeNode, stopNode } from './node/stop-node.ts';
import { runSteps } from './steps/run-steps.ts';

/** Takes away our own node and everything that it made. A cluster of the user's is left as it is. */
export async function down({ folder }: ClusterConfig, print: (line: string) => void): Promise<void> {
  const layout = layoutOf(folder);
  await runSteps(
    [
      { title: 'the node ends', run: () => stopNode(layout) },
      { title: 'its folder goes', run: () => removeNode(layout) },
    ],
    print,
  );
}
