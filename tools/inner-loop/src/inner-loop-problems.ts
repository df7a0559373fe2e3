import { isDeepStrictEqual } from 'node:util';
import { imageOf, imageValues, readSkaffoldFile, SKAFFOLD, type SkaffoldFile } from './skaffold-file.ts';
import { TILT_SERVICES, tiltServices } from './tilt-services.ts';

/** The repository's files by their path from its root, with their text. */
export type Tree = ReadonlyMap<string, string>;

/** Which service has no part in the inner loop on a cluster, and what is left there of one that is gone; a sentence each. */
export function innerLoopProblems(tree: Tree, services: readonly string[]): string[] {
  const file = readSkaffoldFile(tree.get(SKAFFOLD) ?? '{}') as Partial<SkaffoldFile>;
  const listed = tiltServices(tree.get(TILT_SERVICES) ?? '');
  return [
    ...services.flatMap((name) => artifactProblems(file, name)),
    ...services.flatMap((name) => valuesProblems(file, name)),
    ...images(file)
      .filter((image) => !services.some((name) => imageOf(name) === image))
      .map((image) => `${SKAFFOLD} builds ${image}, which is the image of no service; remove it.`),
    ...services
      .filter((name) => !listed.includes(name))
      .map((name) => `${TILT_SERVICES} does not name ${name}; add it, or Tilt leaves it out.`),
    ...listed
      .filter((name) => !services.includes(name))
      .map((name) => `${TILT_SERVICES} names ${name}, which is no service; remove it.`),
  ];
}

function artifactProblems(file: Partial<SkaffoldFile>, name: string): string[] {
  const artifact = file.build?.artifacts.find(({ image }) => image === imageOf(name));
  if (artifact === undefined)
    return [`${SKAFFOLD} has no artifact ${imageOf(name)}; every service has one, see its neighbours.`];
  const { docker, sync } = artifact;
  return [
    ...(docker?.buildArgs?.['SERVICE'] === name
      ? []
      : [`${SKAFFOLD} builds ${imageOf(name)} without the argument SERVICE: ${name}.`]),
    ...(docker?.target === 'dev' && sync?.manual !== undefined
      ? []
      : [
          `${SKAFFOLD} has to build ${imageOf(name)} with target: dev and sync: *sources, or its sources stay as they were built.`,
        ]),
  ];
}

function valuesProblems(file: Partial<SkaffoldFile>, name: string): string[] {
  const given = file.manifests?.helm.releases[0]?.setValueTemplates[name];
  if (isDeepStrictEqual(given, imageValues(name))) return [];
  return [
    `${SKAFFOLD} does not give the chart of ${name} its image; set ${name} in setValueTemplates, as its neighbours have it.`,
  ];
}

const images = (file: Partial<SkaffoldFile>): string[] => (file.build?.artifacts ?? []).map(({ image }) => image);
