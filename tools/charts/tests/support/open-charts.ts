import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, stringify } from 'yaml';
import { buildCharts } from '../../src/build-charts.ts';
import { openHelm, type Helm } from '../../src/helm.ts';

export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** An object of Kubernetes, as deep as a test wants to look. */
export type KubernetesObject = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

export type RenderOptions = {
  /** Files of the umbrella: `values-dev.yaml`. */
  files?: readonly string[];
  values?: object;
  /** Kinds that the cluster knows beside its own; Dapr's where it is left out. */
  knows?: readonly string[];
};

export type Charts = {
  helm: Helm;
  /** Where the built chart is. */
  path: (chart: string) => string;
  /** What `helm install test CHART --namespace here` would make, in its order. */
  render: (chart: string, options?: RenderOptions) => Promise<KubernetesObject[]>;
  close: () => Promise<void>;
};

const DAPR = ['Component', 'Configuration', 'Resiliency'].map((kind) => `dapr.io/v1alpha1/${kind}`);
export const KEDA = 'keda.sh/v1alpha1/ScaledObject';
export const SERVICE_MONITOR = 'monitoring.coreos.com/v1/ServiceMonitor';
export const POD_MONITOR = 'monitoring.coreos.com/v1/PodMonitor';

/** The repository's charts, built into a folder of their own. */
export async function openCharts(): Promise<Charts> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-charts-'));
  const helm = await openHelm(join(folder, 'helm'));
  const charts = join(folder, 'charts');
  await buildCharts(helm, root, charts);
  let count = 0;
  return {
    helm,
    path: (chart) => join(charts, chart),
    async render(chart, { files = [], values = {}, knows = [] } = {}) {
      const own = join(folder, `values-${(count += 1)}.yaml`);
      await writeFile(own, stringify(values));
      const apis = [...DAPR, ...knows].flatMap((api) => ['--api-versions', api]);
      const given = [...files.map((file) => join(charts, 'commons', file)), own].flatMap((file) => ['-f', file]);
      const text = await helm('template', 'test', join(charts, chart), '--namespace', 'here', ...given, ...apis);
      return parseAllDocuments(text)
        .map((document) => document.toJS() as KubernetesObject | null)
        .filter((object) => object !== null);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The one object of a kind and, where there are more, a name. */
export function find(objects: readonly KubernetesObject[], kind: string, name?: string): KubernetesObject {
  const found = objects.filter((one) => one['kind'] === kind && (name === undefined || one['metadata'].name === name));
  if (found.length !== 1) throw new Error(`there are ${found.length} of ${kind} ${name ?? ''}`);
  return found[0]!;
}

/** The names of all objects of a kind, in order. */
export function namesOf(objects: readonly KubernetesObject[], kind: string): string[] {
  return objects
    .filter((one) => one['kind'] === kind)
    .map((one) => one['metadata'].name as string)
    .sort();
}
