import { rm } from 'node:fs/promises';
import { buildah } from './buildah.ts';

/** Writes an image to a file that `ctr images import` and `docker load` take, under the name that it has. */
export async function saveImage(name: string, file: string): Promise<void> {
  await rm(file, { force: true });
  await buildah('push', '--quiet', name, `docker-archive:${file}:${name}`);
}
