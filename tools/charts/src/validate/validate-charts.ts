import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, isProgram } from '../find-helm.ts';
import type { Helm } from '../helm.ts';
import { WAYS } from '../lint-charts.ts';
import { findKubeconform } from './find-kubeconform.ts';
import { KUBERNETES_VERSION, writeSchemas } from './write-schemas.ts';

const run = promisify(execFile);

/** What the charts ask of a cluster beside Kubernetes itself. */
const KINDS = [
  ...['Component', 'Configuration', 'Resiliency'].map((kind) => `dapr.io/v1alpha1/${kind}`),
  'keda.sh/v1alpha1/ScaledObject',
  ...['ServiceMonitor', 'PodMonitor'].map((kind) => `monitoring.coreos.com/v1/${kind}`),
];

/** Compares all that the umbrella makes, in each way to run it, with the schemas of its kinds. @throws Error with what is wrong */
export async function validateCharts(helm: Helm, charts: string): Promise<string> {
  const schemas = join(cacheFolder(process.env), `schemas-${KUBERNETES_VERSION}`);
  if (!(await isProgram(schemas))) await writeSchemas(schemas);
  const kubeconform = await findKubeconform();
  const said: string[] = [];
  for (const way of WAYS) {
    const rendered = join(charts, `commons-${way}.yaml`);
    await writeFile(rendered, await render(helm, join(charts, 'commons'), way));
    const location = join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
    const args = ['-strict', '-summary', '-schema-location', location, rendered];
    const { stdout } = await run(kubeconform, args).catch((error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`values-${way}.yaml:\n${stdout}${stderr}`);
    });
    said.push(`values-${way}.yaml: ${stdout.trim()}`);
  }
  return said.join('\n');
}

function render(helm: Helm, umbrella: string, way: string): Promise<string> {
  const apis = KINDS.flatMap((kind) => ['--api-versions', kind]);
  return helm(
    'template',
    'commons',
    umbrella,
    '--namespace',
    'commons',
    '-f',
    join(umbrella, `values-${way}.yaml`),
    ...apis,
  );
}
