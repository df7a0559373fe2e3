import { parse } from 'yaml';

export const SKAFFOLD = 'skaffold.yaml';

/** What we read of an artifact: an image and how it is built. */
export interface Artifact {
  image: string;
  docker?: { target?: string; buildArgs?: Record<string, string> };
  sync?: { manual?: { src: string; dest: string }[] };
}

/** What we read of skaffold.yaml. */
export interface SkaffoldFile {
  build: { artifacts: Artifact[]; local?: { push?: boolean } };
  manifests: {
    helm: { releases: { chartPath: string; valuesFiles: string[]; setValueTemplates: Record<string, unknown> }[] };
  };
  portForward?: unknown[];
  verify?: { name: string; container: { image: string } }[];
}

/** Reads the text of skaffold.yaml. @throws Error where it is no YAML */
export function readSkaffoldFile(text: string): SkaffoldFile {
  return parse(text, { merge: true }) as SkaffoldFile;
}

/** What the image of a service is called, in the charts as well. */
export const imageOf = (service: string): string => `commons/${service}`;

/** Values of a service's chart by which it takes the image that Skaffold built: under names that Skaffold makes of the image's. */
export function imageValues(service: string): { image: { name: string; tag: string } } {
  const suffix = imageOf(service).replace(/[/-]/g, '_');
  return {
    image: {
      name: `{{ base .IMAGE_REPO_${suffix} }}`,
      tag: `{{ .IMAGE_TAG_${suffix} }}@{{ .IMAGE_DIGEST_${suffix} }}`,
    },
  };
}
