import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildCharts, openHelm } from '@commons/charts';
import { buildBaseImage, buildImage, saveImage } from '@commons/images';
import { locateMongod } from '@commons/launcher';
import type { Cluster } from '../cluster/cluster.ts';
import { imageNames, importArchive } from '../images/import-images.ts';
import type { Runtime } from '../images/import-images.ts';
import { storeArchive, storeImage, stores } from '../images/store-images.ts';
import { packageFolder } from '../package-folder.ts';
import { run } from '../run.ts';
import type { Step } from './run-steps.ts';

export type CommonsOptions = {
  cluster: () => Cluster;
  /** The container runtime of our own node, when the steps before have started it. */
  runtime: () => Runtime;
};

const tag = 'cluster';
const namespace = 'commons';
const limitMs = 600_000;
const root = resolve(packageFolder(), '..', '..');

/** From a node with Dapr to one that runs the platform. */
export function commonsSteps({ cluster, runtime }: CommonsOptions): Step[] {
  const tags = new Map<string, string>();
  const all = stores(() => locateMongod({ say: (line) => console.error(line) }));
  return [
    {
      title: "the stores' images",
      async run() {
        const present = await imageNames(runtime());
        const missing = all.filter((store) => !present.has(storeImage(store)));
        for (const store of missing) await importArchive(runtime(), await storeArchive(store));
        return missing.length > 0 ? `${missing.length} imported` : 'all there';
      },
    },
    {
      title: "the services' images",
      async run() {
        const bases = { baseImage: await buildBaseImage(), buildImage: await buildBaseImage({ purpose: 'build' }) };
        const present = await imageNames(runtime());
        for (const service of await services()) {
          const name = await buildImage({ service, tag, ...bases });
          const id = (await run('buildah', ['images', '--quiet', '--no-trunc', name])).trim().replace('sha256:', '');
          tags.set(service, id.slice(0, 12));
          if (!present.has(taggedImage(service, id.slice(0, 12))))
            await giveImage(runtime(), service, name, id.slice(0, 12));
        }
        return [...tags].map(([service, id]) => `${service} ${id}`).join(', ');
      },
    },
    {
      title: 'the platform',
      async run() {
        const charts = join(root, '.data', 'charts');
        await buildCharts(await openHelm(join(root, '.data', 'helm')), root, charts);
        const settings = [
          ...all.map((store) => `${store.name}.image=${storeImage(store)}`),
          'global.service.image.registry=localhost',
          ...[...tags].map(([service, id]) => `${service}.image.tag=${id}`),
        ];
        await cluster().helm(
          [
            ...[
              'upgrade',
              '--install',
              'commons',
              join(charts, 'commons'),
              '--namespace',
              namespace,
              '--create-namespace',
            ],
            ...['--values', join(root, 'charts', 'commons', 'values-dev.yaml'), '--timeout', `${limitMs / 1000}s`],
            ...settings.flatMap((setting) => ['--set-string', setting]),
          ],
          { timeoutMs: limitMs },
        );
        await cluster().rolledOut(namespace, limitMs);
      },
    },
  ];
}

/** The names of the services, each of which has an image and a chart. */
async function services(): Promise<string[]> {
  return (await readdir(join(root, 'services'))).filter((name) => name !== 'shared').sort();
}

function taggedImage(service: string, version: string): string {
  return `localhost/commons/${service}:${version}`;
}

/** Gives the node a service's image under a tag that no other build has, so that a changed service is rolled out, and no other. */
async function giveImage(runtime: Runtime, service: string, name: string, version: string): Promise<void> {
  const tagged = taggedImage(service, version);
  await run('buildah', ['tag', name, tagged]);
  const folder = await mkdtemp(join(tmpdir(), 'commons-image-'));
  const archive = join(folder, 'image.tar');
  try {
    await saveImage(tagged, archive);
    await importArchive(runtime, archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
