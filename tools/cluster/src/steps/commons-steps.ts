import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildCharts, openHelm } from '@commons/charts';
import { buildBaseImage, buildImages } from '@commons/images';
import { locateMongod } from '@commons/launcher';
import type { Cluster } from '../cluster/cluster.ts';
import type { ImageTarget } from '../images/image-target.ts';
import { imageNames, importArchive } from '../images/import-images.ts';
import type { Runtime } from '../images/import-images.ts';
import { storeArchive, storeImage, stores } from '../images/store-images.ts';
import type { Store } from '../images/store-images.ts';
import { packageFolder } from '../package-folder.ts';
import { run } from '../run.ts';
import type { Step } from './run-steps.ts';

export type CommonsOptions = {
  cluster: () => Cluster;
  images: ImageTarget;
  /** Our own node: its container runtime, and the address at which its ingresses answer. Left out for a cluster of the user's. */
  own?: { runtime: () => Runtime; publicUrl: string };
};

/** The release of the platform, and the namespace that it is in. */
export const RELEASE = 'commons';

const tag = 'cluster';
const limitMs = 600_000;
const root = resolve(packageFolder(), '..', '..');

/** From a cluster with Dapr to one that runs the platform. */
export function commonsSteps({ cluster, images, own }: CommonsOptions): Step[] {
  const tags = new Map<string, string>();
  const ownStores = own ? stores(() => locateMongod({ say: (line) => console.error(line) })) : [];
  return [
    ...(own ? [storesStep(own.runtime, ownStores)] : []),
    {
      title: "the services' images",
      async run() {
        const bases = own ? await ownBases() : basesOf(process.env);
        const names = await buildImages(await services(), { tag, ...bases });
        for (const [service, name] of names) tags.set(service, await versionOf(name));
        await giveImages(images, names, tags);
        return [...tags].map(([service, id]) => `${service} ${id}`).join(', ');
      },
    },
    {
      title: 'the platform',
      async run() {
        const settings = [
          ...ownStores.map((store) => `${store.name}.image=${storeImage(store)}`),
          ...(own ? [`global.publicUrl=${own.publicUrl}`] : []),
          `global.service.image.registry=${images.registry}`,
          ...[...tags].map(([service, version]) => `${service}.image.tag=${version}`),
        ];
        await installPlatform(cluster(), settings);
      },
    },
  ];
}

/** A name that no other image has: a cluster that has pulled one does not look whether it has changed. */
async function versionOf(image: string): Promise<string> {
  const id = await run('buildah', ['images', '--quiet', '--no-trunc', image]);
  return id.trim().replace('sha256:', '').slice(0, 12);
}

/** Gives a cluster those of the services' images that it does not have. */
async function giveImages(
  { registry, present, give }: ImageTarget,
  names: ReadonlyMap<string, string>,
  versions: ReadonlyMap<string, string>,
): Promise<void> {
  const had = await present();
  const missing = [...names]
    .map(([service, name]) => ({ name, tagged: `${registry}/commons/${service}:${versions.get(service)}` }))
    .filter(({ tagged }) => !had.has(tagged));
  for (const { name, tagged } of missing) await run('buildah', ['tag', name, tagged]);
  if (missing.length > 0) await give(missing.map(({ tagged }) => tagged));
}

/** Gives our own node the images of the databases, which it cannot pull. */
function storesStep(runtime: () => Runtime, all: readonly Store[]): Step {
  return {
    title: "the stores' images",
    async run() {
      const present = await imageNames(runtime());
      const missing = all.filter((store) => !present.has(storeImage(store)));
      for (const store of missing) await importArchive(runtime(), await storeArchive(store));
      return missing.length > 0 ? `${missing.length} imported` : 'all there';
    },
  };
}

/** Installs the charts as they are here, or upgrades to them, and waits until everything runs. */
async function installPlatform(cluster: Cluster, settings: readonly string[]): Promise<void> {
  const values = ['--values', join(root, 'charts', 'commons', 'values-dev.yaml')];
  await cluster.helm(
    [
      ...['upgrade', '--install', RELEASE, await platformChart(), '--namespace', RELEASE, '--create-namespace'],
      ...[...values, '--timeout', `${limitMs / 1000}s`],
      ...settings.flatMap((setting) => ['--set-string', setting]),
    ],
    { timeoutMs: limitMs },
  );
  await cluster.rolledOut(RELEASE, limitMs);
}

/** The chart of the platform with all that it depends on in it, made anew from `charts/`. @returns its folder */
export async function platformChart(): Promise<string> {
  const charts = join(root, '.data', 'charts');
  await buildCharts(await openHelm(join(root, '.data', 'helm')), root, charts);
  return join(charts, 'commons');
}

const ownBases = async () => ({
  baseImage: await buildBaseImage(),
  buildImage: await buildBaseImage({ purpose: 'build' }),
});

function basesOf({ BASE_IMAGE, BUILD_IMAGE }: NodeJS.ProcessEnv): { baseImage?: string; buildImage?: string } {
  return { ...(BASE_IMAGE && { baseImage: BASE_IMAGE }), ...(BUILD_IMAGE && { buildImage: BUILD_IMAGE }) };
}

/** The names of the services, each of which has an image and a chart. */
async function services(): Promise<string[]> {
  return (await readdir(join(root, 'services'))).filter((name) => name !== 'shared').sort();
}
