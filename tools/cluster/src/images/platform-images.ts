import { coredns, dapr, pods, traefik } from '../programs/go-modules.ts';
import { PAUSE_IMAGE } from '../node/node-config.ts';
import type { ProgramImage } from './pack-image.ts';

/** The registry that there is none of: its images are where `up` put them. */
export const REGISTRY = 'commons.local';

type Paths<Names extends object> = Readonly<Record<keyof Names & string, string>>;

/** Programs that run in pods. */
export type PodPrograms = Paths<typeof coredns.packages> &
  Paths<typeof dapr.packages> &
  Paths<typeof pods.packages> &
  Paths<typeof traefik.packages>;

/** The images of the platform below the services, each of one program. */
export function platformImages(programs: PodPrograms): ProgramImage[] {
  return [
    imageOf(PAUSE_IMAGE, 'pause', programs.pause),
    imageOf(`${REGISTRY}/echo:${pods.version}`, 'echo', programs.echo),
    imageOf(`${REGISTRY}/coredns:${coredns.version}`, 'coredns', programs.coredns),
    imageOf(`${REGISTRY}/traefik:${traefik.version}`, 'traefik', programs.traefik),
    ...Object.keys(dapr.packages).map((name) =>
      imageOf(`${REGISTRY}/dapr/${name}:${dapr.version}`, name, programs[name as keyof typeof dapr.packages]),
    ),
  ];
}

function imageOf(name: string, program: string, path: string): ProgramImage {
  return { name, files: { [program]: path }, entrypoint: [`/${program}`] };
}
