import { parseAllDocuments } from 'yaml';
import { root } from './repository.ts';
import { runProgram } from './run-program.ts';

/** What we read of a Kubernetes object. */
export interface KubernetesObject {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec?: { template?: { spec: { containers: { image: string }[] } } };
}

/** The release as Helm renders it for the inner loop, without a cluster to ask; `leftOut` are services that are not in it. */
export async function renderRelease(leftOut: readonly string[] = []): Promise<string> {
  const { code, stdout, stderr } = await runProgram(
    'helm',
    [
      ...['template', 'commons', 'charts/commons', '--namespace', 'commons', '--no-hooks'],
      ...['--values', 'charts/commons/values-dev.yaml', '--values', 'tilt/values.yaml'],
      ...['--set', 'global.service.dapr.check=false', ...leftOut.map((name) => `--set=${name}.enabled=false`)],
    ],
    { cwd: root },
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** The objects of a stream of YAML documents. */
export function objectsOf(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}
