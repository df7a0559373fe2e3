import { join } from 'node:path';
import { openRelease, type Release } from '@commons/cluster';
import { createApiClient, type Client } from '../../end-to-end/support/client.ts';
import { eventually } from '../../end-to-end/support/eventually.ts';

export type Platform = Omit<Release, 'cluster'> & {
  api: Client;
  kubectl: (...args: string[]) => Promise<string>;
  helm: (...args: string[]) => Promise<string>;
  /** The values that the release was given, as JSON. */
  values(): Promise<string>;
  /** Installs the release with values, given as JSON, and no others; or upgrades it to them. @param options for Helm */
  install(values: string, ...options: string[]): Promise<void>;
  /** Upgrades the release to other values, given as Helm's `--set-string` takes them. @param options for Helm */
  upgrade(settings: readonly string[], ...options: string[]): Promise<void>;
  /** What the chart makes with its values for `dev` or `prod` in a namespace, as YAML. */
  render(way: string, namespace: string): Promise<string>;
  /** Has the API server look at objects, given as YAML, as if they were to be made. @returns the names of those that it would take */
  dryRun(objects: string): Promise<string[]>;
  /** Waits until everything is rolled out, and every part says that it is ready. */
  isReady(): Promise<void>;
};

const LIMIT_MS = 600_000;
const READY_MS = 300_000;

/** The platform that runs on the cluster. */
export async function openPlatform(): Promise<Platform> {
  const { cluster, ...release } = await openRelease();
  const { name, namespace, url } = release;
  const api = createApiClient(url);

  const statusOf = (path: string): Promise<number> =>
    api.send('GET', path).then(
      ({ status }) => status,
      () => 0,
    );

  async function isReady(): Promise<void> {
    await cluster.rolledOut(namespace, LIMIT_MS);
    await eventually(
      () => statusOf('/readyz'),
      (status) => status === 200,
      READY_MS,
    );
  }

  async function upgrade(options: readonly string[], input?: string): Promise<void> {
    const what = ['upgrade', '--install', name, await release.chart(), '--namespace', namespace, '--timeout', '10m'];
    await cluster.helm([...what, ...options], { timeoutMs: LIMIT_MS, ...(input !== undefined && { input }) });
    await isReady();
  }

  return {
    ...release,
    api,
    isReady,
    kubectl: (...args) => cluster.kubectl(['--namespace', namespace, ...args], { timeoutMs: LIMIT_MS }),
    helm: (...args) => cluster.helm([...args, '--namespace', namespace], { timeoutMs: LIMIT_MS }),
    async render(way, into) {
      const chart = await release.chart();
      const values = ['--values', join(chart, `values-${way}.yaml`)];
      return cluster.helm(['template', name, chart, ...values, '--dry-run=server', '--namespace', into]);
    },
    async dryRun(input) {
      const apply = ['apply', '--server-side', '--dry-run=server', '--output', 'name', '--filename', '-'];
      return (await cluster.kubectl(apply, { input })).split('\n').filter(Boolean);
    },
    values: () => cluster.helm(['get', 'values', name, '--namespace', namespace, '--output', 'json']),
    install: (values, ...options) => upgrade([...options, '--reset-values', '--values', '-'], values),
    upgrade: (settings, ...options) =>
      upgrade([...options, '--reuse-values', ...settings.flatMap((setting) => ['--set-string', setting])]),
  };
}
