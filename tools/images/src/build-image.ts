import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { showBuildah } from './buildah.ts';
import { writeNpmSecrets } from './npm-secrets.ts';

export type BuildImageOptions = {
  /** Folder of services/. */
  service: string;
  /** The Dockerfile's arguments of these names; its own defaults where they are left out. */
  baseImage?: string;
  buildImage?: string;
  tag?: string;
  env?: NodeJS.ProcessEnv;
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the image of a service is called, here and in compose.yaml: `commons/post:latest`. */
export function imageName(service: string, tag = 'latest'): string {
  return `localhost/commons/${service}:${tag}`;
}

/**
 * Builds the image of a service by the Dockerfile, with buildah, which needs neither a daemon nor privileges of its own; npm
 * gets this machine's registry and authorities as secrets of the build.
 * @returns the name of the image
 */
export async function buildImage(options: BuildImageOptions): Promise<string> {
  const { service, tag, env = process.env } = options;
  const name = imageName(service, tag);
  const secrets = await mkdtemp(join(tmpdir(), 'commons-image-'));
  try {
    const { npmrc, authorities } = await writeNpmSecrets(secrets, env);
    await showBuildah(root, [
      ...['bud', '--isolation', 'chroot', '--network', 'host', '--layers', '--format', 'docker', '--tag', name],
      ...argumentsOf({ SERVICE: service, REVISION: await revision(), ...imagesOf(options) }),
      ...['--secret', `id=npmrc,src=${npmrc}`, ...(authorities ? ['--secret', `id=ca,src=${authorities}`] : []), '.'],
    ]);
    return name;
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
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
