import type { Tree } from './read-tree.ts';
import { fileNameProblems } from './service-file-names.ts';
import { manifestProblems } from './service-manifest.ts';
import { registrationProblems } from './service-registration.ts';
import { roomProblems } from './service-rooms.ts';

/**
 * What keeps a folder of services/ from being a service like the others, a sentence each that says what to do.
 * `services/shared` is the kit that they stand on and is left out.
 */
export function serviceShape(tree: Tree): string[] {
  return serviceNames(tree).flatMap((name) => [
    ...roomProblems(tree, name),
    ...fileNameProblems(tree, name),
    ...manifestProblems(tree, name),
    ...registrationProblems(tree, name),
  ]);
}

/** The services of the tree by their folder's name, in order. */
export function serviceNames(tree: Tree): string[] {
  const folders = [...tree.keys()].flatMap((path) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].filter((name) => name !== 'shared').sort();
}
