import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { buildah, showBuildah } from './buildah.ts';
import { writeNpmSecrets } from './npm-secrets.ts';

export type BuildImageOptions = {
  /** The Dockerfile's arguments of these names; its own defaults where they are left out. */
  baseImage?: string;
  buildImage?: string;
  tag?: string;
  env?: NodeJS.ProcessEnv;
};

/** A build has much to wait for, and a machine rarely fewer than two processors. */
const AT_ONCE = 2;

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the image of a service is called, here and in compose.yaml: `commons/post:latest`. */
export function imageName(service: string, tag = 'latest'): string {
  return `localhost/commons/${service}:${tag}`;
}

/**
 * Builds the images of services by the Dockerfile, with buildah, which needs neither a daemon nor privileges of its own; npm
 * gets this machine's registry and authorities as secrets of the build. The first is built alone, and shown: it leaves the layers that
 * the others have too.
 * @param services folders of services/
 * @returns the name of the image of each
 */
export async function buildImages(
  services: readonly string[],
  options: BuildImageOptions = {},
): Promise<Map<string, string>> {
  const secrets = await mkdtemp(join(tmpdir(), 'commons-image-'));
  try {
    const common = await commonArguments(secrets, options);
    const atOnce = pLimit(AT_ONCE);
    const [first, ...others] = services.map((service) => buildArguments(service, options.tag, common));
    if (first) await showBuildah(first);
    await Promise.all(others.map((args) => atOnce(() => buildah(...args))));
    return new Map(services.map((service) => [service, imageName(service, options.tag)]));
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

async function commonArguments(secrets: string, options: BuildImageOptions): Promise<string[]> {
  const { npmrc, authorities } = await writeNpmSecrets(secrets, options.env ?? process.env);
  return [
    // Where nothing of an image has changed, buildah takes the one that it has, which names the commit that it was first built from.
    ...argumentsOf({ REVISION: await revision(), ...imagesOf(options) }),
    ...['--secret', `id=npmrc,src=${npmrc}`, ...(authorities ? ['--secret', `id=ca,src=${authorities}`] : [])],
  ];
}

function buildArguments(service: string, tag: string | undefined, common: readonly string[]): string[] {
  return [
    ...['bud', '--isolation', 'chroot', '--network', 'host', '--layers', '--format', 'docker'],
    ...['--target', 'service', '--tag', imageName(service, tag), ...argumentsOf({ SERVICE: service })],
    ...[...common, root],
  ];
}

function imagesOf({ baseImage, buildImage }: BuildImageOptions): Record<string, string> {
  return { ...(baseImage && { BASE_IMAGE: baseImage }), ...(buildImage && { BUILD_IMAGE: buildImage }) };
}

function argumentsOf(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
}

async function revision(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root });
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}
