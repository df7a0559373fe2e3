export { manifestProblems } from './manifest-problems.ts';
export { makeManifests } from './make-manifests.ts';
export type { Files } from './make-manifests.ts';
